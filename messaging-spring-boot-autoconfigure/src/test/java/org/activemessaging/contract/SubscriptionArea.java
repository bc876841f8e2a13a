package org.activemessaging.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.Processor;
import org.activemessaging.RejectMessageException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.activemessaging.listener.ContainerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plain topic whose messages are kept for a processor that is away.
 */
@Requires(Capability.DURABLE_SUBSCRIPTIONS)
abstract class SubscriptionArea extends Area {

	@Test
	void whatIsPublishedMeanwhileComesWithTheReturn() {
		Application publisher = start(ofTopic());
		Recorder first = new Recorder();
		Application application = start(subscribed(first)).awaitListening();
		publisher.publish("0");
		Flow.eventually().until(() -> first.completed().equals(List.of("0")));
		application.close();
		publisher.publish(1, 11);
		Recorder back = new Recorder();
		start(subscribed(back)).awaitListening();
		Flow.eventually().until(() -> back.completed().size() >= 10);
		publisher.publish("11");
		Flow.eventually().until(() -> back.completed().contains("11"));
		assertThat(back.completed()).containsExactlyInAnyOrderElementsOf(numbers(1, 12));
	}

	@Test
	void whatWasNotFinishedComesAgain() {
		Recorder failing = new Recorder((message) -> {
			throw new IllegalStateException("not yet");
		});
		// Waits in place, until the application is closed.
		Application application = start(
				subscribed(failing).redelivery(0, 5).with("messaging.listener.redelivery.delay", "1m"))
			.awaitListening();
		start(ofTopic()).publish("0", "1", "2");
		Flow.eventually().until(() -> !failing.calls().isEmpty());
		application.close();
		Recorder back = new Recorder();
		start(subscribed(back));
		Flow.eventually().until(() -> back.completed().size() >= 3);
		assertThat(back.completed()).containsExactlyInAnyOrderElementsOf(numbers(0, 3));
	}

	@Test
	void failedMessageIsTriedAgainAndThenADeadLetter() throws Exception {
		AtomicInteger tries = new AtomicInteger();
		Recorder recorder = new Recorder((message) -> {
			if (message.getPayload().equals("bad")) {
				throw new RejectMessageException("never");
			}
			if (tries.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
		});
		Application application = start(subscribed(recorder).redelivery(1, 2)).awaitListening();
		raw().prepare(application.deadLetters(null));
		start(ofTopic()).publish("bad", "good");
		assertThat(RawClient.text(raw().take(application.deadLetters(null)))).isEqualTo("bad");
		Flow.eventually().until(() -> recorder.completed().equals(List.of("good")));
		assertThat(recorder.payloads()).containsExactlyInAnyOrder("bad", "good", "good", "good");
	}

	@Test
	void instancesGetEachMessageOnceAndOneTakesOverFromTheOther() {
		Recorder first = new Recorder();
		Recorder second = new Recorder();
		Application leading = start(subscribed(first)).awaitListening();
		start(subscribed(second));
		Application publisher = start(ofTopic());
		publisher.publish(0, 10);
		Flow.eventually().until(() -> first.completed().size() + second.completed().size() >= 10);
		leading.close();
		publisher.publish(10, 20);
		Flow.eventually().until(() -> first.completed().size() + second.completed().size() >= 20);
		List<String> both = new ArrayList<>(first.completed());
		both.addAll(second.completed());
		assertThat(both).containsExactlyInAnyOrderElementsOf(numbers(0, 20));
		assertThat(second.completed()).containsAll(numbers(10, 20));
	}

	@Test
	@Requires(Capability.SELECTORS)
	void whatTheSelectorDoesNotWantIsNotKept() {
		Choosing choosing = new Choosing();
		Application.Builder builder = ofTopic(choosing).with("messaging.processor.choosing.subscription", "reds");
		Application application = start(builder);
		Flow.eventually().until(() -> application.report("choosing").state() == ContainerState.RUNNING);
		application.close();
		Application publisher = start(ofTopic());
		for (String colour : List.of("blue", "red", "green")) {
			publisher.publication().header("colour", colour).publish(colour);
		}
		start(builder);
		Flow.eventually().until(() -> !choosing.texts.isEmpty());
		assertThat(choosing.texts).containsExactly("red");
	}

	private Application.Builder subscribed(Recorder recorder) {
		return ofTopic(recorder).with("messaging.processor." + Recorder.ID + ".subscription", "audit");
	}

	/**
	 * A processor that wants some of the messages.
	 */
	@Processor
	static class Choosing {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		@SubscribesTo(value = "${contract.destination}", id = "choosing", selector = "colour = 'red'")
		void onMessage(String text) {
			this.texts.add(text);
		}

	}

}
