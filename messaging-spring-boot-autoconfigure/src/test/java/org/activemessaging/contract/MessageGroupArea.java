package org.activemessaging.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.fault.FaultProxy;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of a group are processed one after the other, in the order sent.
 */
@Requires(Capability.MESSAGE_GROUPS)
abstract class MessageGroupArea extends Area {

	private static final List<String> GROUPS = List.of("a", "b", "c", "d");

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void groupKeepsItsOrder(int consumers) {
		int messages = 10;
		AtomicInteger overlaps = new AtomicInteger();
		Recorder recorder = recorder(new ConcurrentHashMap<>(), overlaps);
		Application application = start(
				ordered(application(recorder)).with("messaging.listener.concurrency", String.valueOf(consumers)));
		publish(application, messages);
		Flow.eventually().until(() -> recorder.completed().size() >= GROUPS.size() * messages);
		assertThat(recorder.completed()).doesNotHaveDuplicates();
		assertOrder(recorder.calls(), messages);
		assertThat(overlaps).as("messages of one group at the same time").hasValue(0);
	}

	@Test
	@Requires(traits = Requires.Trait.CUTTABLE)
	void groupKeepsItsOrderOverTheEndOfAnApplication() {
		int messages = 15;
		Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
		Recorder dying = recorder(running, new AtomicInteger());
		Recorder other = recorder(running, new AtomicInteger());
		FaultProxy line = line();
		start(ordered(application(line, dying)).with("messaging.listener.concurrency", "2")).awaitListening();
		start(ordered(application(other)).with("messaging.listener.concurrency", "2")).awaitListening();
		Application publisher = start(ordered(application()));
		publish(publisher, messages);
		Flow.eventually().until(() -> dying.calls().size() >= 5 || other.distinct().size() >= 60);
		line.refuse();
		List<Recorder.Call> calls = new ArrayList<>();
		Flow.eventually().until(() -> {
			calls.clear();
			calls.addAll(dying.calls());
			calls.addAll(other.calls());
			return calls.stream().map(Recorder.Call::payload).distinct().count() == (long) GROUPS.size() * messages;
		});
		calls.sort(Comparator.comparingLong(Recorder.Call::at));
		assertOrder(calls, messages);
	}

	@Test
	void failingMessageHoldsItsGroup() {
		AtomicInteger tries = new AtomicInteger();
		Recorder recorder = new Recorder((message) -> {
			if (message.getPayload().equals("a 1") && tries.incrementAndGet() < 4) {
				throw new IllegalStateException("not yet");
			}
		});
		Application application = start(ordered(application(recorder)).redelivery(0, 5));
		publish(application, 4);
		Flow.eventually().until(() -> recorder.distinct().size() == 4 * GROUPS.size());
		assertOrder(recorder.calls(), 4);
		assertThat(recorder.payloads().lastIndexOf("a 1")).isLessThan(recorder.payloads().indexOf("a 2"));
	}

	private Application.Builder ordered(Application.Builder builder) {
		return builder.destination("queue", Address.queue(broker().orderedQueueName(name())).name());
	}

	private static Recorder recorder(Map<String, AtomicInteger> running, AtomicInteger overlaps) {
		return new Recorder((message) -> {
			AtomicInteger count = running.computeIfAbsent(message.getPayload().toString().substring(0, 1),
					(group) -> new AtomicInteger());
			if (count.incrementAndGet() > 1) {
				overlaps.incrementAndGet();
			}
			Flow.work(Duration.ofMillis(2));
			count.decrementAndGet();
		});
	}

	private static void publish(Application application, int messages) {
		for (int i = 0; i < messages; i++) {
			for (String group : GROUPS) {
				application.publication().group(group).publish(group + " " + i);
			}
		}
	}

	// Of each message its first try counts.
	private static void assertOrder(List<Recorder.Call> calls, int messages) {
		for (String group : GROUPS) {
			List<String> seen = calls.stream()
				.map(Recorder.Call::payload)
				.filter((payload) -> payload.startsWith(group))
				.distinct()
				.toList();
			assertThat(seen).as("group %s", group)
				.containsExactlyElementsOf(numbers(0, messages).stream().map((i) -> group + " " + i).toList());
		}
	}

}
