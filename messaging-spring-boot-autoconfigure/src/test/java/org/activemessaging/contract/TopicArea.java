package org.activemessaging.contract;

import java.util.List;

import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plain broadcast.
 */
@Requires(Capability.TOPICS)
abstract class TopicArea extends Area {

	@Test
	void whoListensGetsEveryMessage() {
		Recorder first = new Recorder();
		Recorder second = new Recorder();
		Application publisher = start(ofTopic(first)).awaitListening();
		start(ofTopic(second)).awaitListening();
		publisher.publish(0, 10);
		for (Recorder recorder : List.of(first, second)) {
			Flow.eventually().until(() -> recorder.completed().size() >= 10);
			assertThat(recorder.completed()).containsExactlyInAnyOrderElementsOf(numbers(0, 10));
		}
	}

	@Test
	void messageIsKeptForNobody() {
		Application publisher = start(ofTopic());
		publisher.publish("missed");
		Recorder recorder = new Recorder();
		start(ofTopic(recorder)).awaitListening();
		publisher.publish("heard");
		Flow.eventually().until(() -> !recorder.completed().isEmpty());
		assertThat(recorder.completed()).containsExactly("heard");
	}

	@Test
	void failureOfOneListenerIsNotThatOfAnother() {
		Recorder failing = new Recorder((message) -> {
			throw new IllegalStateException("not me");
		});
		Recorder other = new Recorder();
		Application publisher = start(ofTopic(failing).redelivery(2, 0)).awaitListening();
		start(ofTopic(other)).awaitListening();
		publisher.publish("news");
		Flow.eventually().until(() -> failing.calls().size() == 3 && !other.completed().isEmpty());
		assertThat(other.calls()).hasSize(1);
	}

}
