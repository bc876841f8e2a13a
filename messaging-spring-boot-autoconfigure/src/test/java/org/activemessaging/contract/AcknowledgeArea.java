package org.activemessaging.contract;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.activemessaging.Acknowledgment;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages are acknowledged one by one.
 */
@Requires(Capability.INDIVIDUAL_ACKNOWLEDGE)
abstract class AcknowledgeArea extends Area {

	@Test
	void onlyWhatWasAcknowledgedIsGone() {
		EvenProcessor even = new EvenProcessor();
		Application application = start(application(even).with("messaging.listener.acknowledge", "client")
			.with("messaging.listener.window", 100));
		// A consumer whose messages others acknowledge is handed ten that are not: with
		// as
		// many odd ones, the last even one might never come.
		application.publish(0, 18);
		Flow.eventually().until(() -> even.seen.size() == 18);
		application.close();
		Recorder recorder = new Recorder();
		start(application(recorder));
		Flow.eventually().until(() -> recorder.completed().size() >= 9);
		assertThat(recorder.completed())
			.containsExactlyInAnyOrderElementsOf(List.of("1", "3", "5", "7", "9", "11", "13", "15", "17"));
	}

	@Test
	void messageIsAcknowledgedWhenItsProcessorHasReturned() throws Exception {
		Recorder recorder = new Recorder((message) -> {
			if (message.getPayload().equals("3")) {
				throw new IllegalStateException("on purpose");
			}
		});
		Application application = start(
				application(recorder).with("messaging.listener.acknowledge", "client").redelivery(1, 1));
		application.publish(0, 6);
		assertThat(RawClient.text(raw().take(application.deadLetters(null)))).isEqualTo("3");
		Flow.eventually().until(() -> recorder.completed().size() == 5);
		application.close();
		assertThat(recorder.completed()).containsExactlyInAnyOrder("0", "1", "2", "4", "5");
		assertThat(recorder.calls()).hasSize(5 + 4);
		assertThat(raw().drain(queue())).isEmpty();
	}

	/**
	 * Acknowledges every other message.
	 */
	@Processor
	static class EvenProcessor {

		private final Set<String> seen = ConcurrentHashMap.newKeySet();

		@SubscribesTo(value = "${contract.destination}", id = Recorder.ID)
		void onMessage(String payload, Acknowledgment acknowledgment) {
			if (Integer.parseInt(payload) % 2 == 0) {
				acknowledgment.acknowledge();
			}
			this.seen.add(payload);
		}

	}

}
