package org.activemessaging.operations.doctor;

import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;

/**
 * Finds what the adapters have noticed about brokers.
 */
final class BrokerConditions implements Examination {

	private final BrokerCondition.Kind kind;

	private final String id;

	private final Severity severity;

	private final String title;

	private BrokerConditions(BrokerCondition.Kind kind, String id, Severity severity, String title) {
		this.kind = kind;
		this.id = id;
		this.severity = severity;
		this.title = title;
	}

	static BrokerConditions full() {
		return new BrokerConditions(BrokerCondition.Kind.FULL, "broker-full", Severity.ERROR, "is full");
	}

	static BrokerConditions stranded() {
		return new BrokerConditions(BrokerCondition.Kind.STRANDED, "stranded-on-network", Severity.ERROR,
				"holds messages whose consumers are elsewhere");
	}

	static BrokerConditions deliveryLimit() {
		return new BrokerConditions(BrokerCondition.Kind.DELIVERY_LIMIT, "broker-redelivery-limit", Severity.WARNING,
				"gives messages up by itself");
	}

	static BrokerConditions clock() {
		return new BrokerConditions(BrokerCondition.Kind.CLOCK, "clock-difference", Severity.WARNING,
				"has another time than this application");
	}

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.brokers()
			.values()
			.stream()
			.flatMap((broker) -> broker.conditions()
				.stream()
				.filter((condition) -> condition.kind() == this.kind)
				.map((condition) -> finding(broker.name(), condition, situation)));
	}

	private Finding finding(String broker, BrokerCondition condition, Situation situation) {
		return new Finding(this.id, this.severity, subject(broker, condition, situation),
				"Broker '" + broker + "' " + this.title, List.of(condition.evidence()), condition.remedy(),
				situation.at());
	}

	private static Subject subject(String broker, BrokerCondition condition, Situation situation) {
		return situation.queues()
			.stream()
			.filter((queue) -> queue.destination().broker().name().equals(broker))
			.filter((queue) -> queue.source().name().equals(condition.queue())
					|| queue.destination().publishAddress().name().equals(condition.queue()))
			.findFirst()
			.map((queue) -> Subject.destination(queue.destination().name()))
			.orElseGet(() -> Subject.broker(broker));
	}

}
