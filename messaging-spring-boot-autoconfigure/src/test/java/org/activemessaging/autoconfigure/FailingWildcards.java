package org.activemessaging.autoconfigure;

import java.util.stream.Stream;

import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;

/**
 * Destinations with wildcards that are wrong.
 */
final class FailingWildcards {

	private FailingWildcards() {
	}

	static Stream<FailingStart> all() {
		return Stream.of(malformed(), circles(), overlaps(), publishing()).flatMap((starts) -> starts);
	}

	private static Stream<FailingStart> malformed() {
		return Stream.of(
				FailingStart.withOneBroker("wildcard inside a word")
					.with("messaging.destination.regional.topic=Ord*ers")
					.says("'messaging.destination.regional.topic'", "'Ord*ers'", "mixes a wildcard")
					.advises("'*' for one word", "'messaging.destination.regional.topic'"),
				FailingStart.withOneBroker("words after the rest")
					.with("messaging.destination.regional.virtual-topic=>.x")
					.says("'messaging.destination.regional.virtual-topic'", "'>.x'", "must be the last")
					.advises("'messaging.destination.regional.virtual-topic'"),
				FailingStart.withOneBroker("all queues")
					.with("messaging.destination.regional.queue=>")
					.says("'messaging.destination.regional.queue'", "begins with a wildcard")
					.advises("begin with a word"),
				FailingStart.withOneBroker("all topics, by address")
					.with("messaging.destination.regional.address=/topic/*.x")
					.says("'messaging.destination.regional.address'", "begins with a wildcard")
					.advises("begin with a word"),
				FailingStart.withOneBroker("dead letters in any queue")
					.with("messaging.destination.orders.queue=Orders",
							"messaging.destination.orders.dead-letter-queue=DLQ.*")
					.says("'messaging.destination.orders.dead-letter-queue'", "'DLQ.*'", "cannot be sent to a pattern")
					.advises("'messaging.destination.orders.dead-letter-queue'"),
				FailingStart.withPoorBroker("wildcard on a broker without")
					.with("messaging.destination.regional.queue=Orders.*")
					.says("'messaging.destination.regional.queue' has a wildcard", "adapter 'poor'",
							"has no wildcards: too poor")
					.advises("Declare each destination"));
	}

	private static Stream<FailingStart> circles() {
		return Stream.of(
				FailingStart.withOneBroker("pattern for its own dead letters")
					.with("messaging.destination.regional.queue=DLQ.>")
					.says("'messaging.destination.regional.queue'", "DLQ.regional", "given up")
					.advises("fewer queues"),
				FailingStart.withOneBroker("pattern for configured dead letters")
					.with("messaging.destination.regional.queue=Orders.*",
							"messaging.destination.regional.dead-letter-queue=Orders.dead")
					.says("Orders.dead", "given up")
					.advises("fewer queues"),
				FailingStart.withOneBroker("pattern for delayed messages")
					.with("messaging.destination.regional.queue=DELAY.*.1s")
					.says("DELAY.", "next try")
					.advises("fewer queues"),
				FailingStart.withOneBroker("dead letters that come back by a pattern")
					.with("messaging.destination.first.queue=Orders",
							"messaging.destination.first.dead-letter-queue=Lost.a",
							"messaging.destination.second.queue=Lost.*",
							"messaging.destination.second.dead-letter-queue=Orders")
					.says("lead back to it")
					.advises("'dead-letter-queue'"));
	}

	private static Stream<FailingStart> overlaps() {
		return Stream.of(
				FailingStart.withOneBroker("group with a pattern and one of its topics")
					.with("messaging.destination.regional.virtual-topic=Orders.>",
							"messaging.destination.regional.groups=voyeur,billing",
							"messaging.destination.european.virtual-topic=Orders.eu",
							"messaging.destination.european.groups=billing")
					.says("Group 'billing' would be given messages twice", "'regional'", "'Orders.>'", "'european'",
							"'Orders.eu'")
					.advises("another group", "'messaging.destination.european.groups'"),
				FailingStart.withOneBroker("group with two patterns")
					.with("messaging.destination.regional.virtual-topic=Orders.>",
							"messaging.destination.regional.groups=billing",
							"messaging.destination.european.virtual-topic=Orders.*",
							"messaging.destination.european.groups=billing")
					.says("Group 'billing' would be given messages twice")
					.advises("narrow the pattern"));
	}

	private static Stream<FailingStart> publishing() {
		return Stream.of(
				FailingStart.withOneBroker("result to a pattern")
					.using(Forwarding.class)
					.with("messaging.destination.orders.queue=Orders", "messaging.destination.regional.queue=Encode.*")
					.says("'regional'", "'Encode.*'", "nothing can be published",
							"@PublishesTo of Forwarding.onMessage")
					.advises("Declare the queue that is meant", "@PublishesTo of Forwarding.onMessage"),
				FailingStart.withOneBroker("traces to a pattern")
					.with("messaging.destination.regional.topic=Traces.*",
							"messaging.filter.trace.destination=regional")
					.says("'regional'", "nothing can be published", "'messaging.filter.trace.destination'")
					.advises("'messaging.filter.trace.destination'"));
	}

	@Processor
	static class Forwarding {

		@SubscribesTo("orders")
		@PublishesTo("regional")
		String onMessage(String payload) {
			return payload;
		}

	}

}
