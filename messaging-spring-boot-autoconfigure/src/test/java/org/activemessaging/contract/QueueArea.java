package org.activemessaging.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each message of a queue goes to one consumer.
 */
abstract class QueueArea extends Area {

	@Test
	void twoApplicationsShareAQueue() {
		CountDownLatch both = new CountDownLatch(2);
		Recorder first = recorder(both);
		Recorder second = recorder(both);
		Application publisher = start(application());
		start(application(first)).awaitListening();
		start(application(second)).awaitListening();
		publisher.publish(0, 40);
		Flow.eventually().until(() -> first.completed().size() + second.completed().size() >= 40);
		List<String> all = new ArrayList<>(first.completed());
		all.addAll(second.completed());
		assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(0, 40));
	}

	// Each waits with its first message until the other has got one, too.
	private static Recorder recorder(CountDownLatch both) {
		CountDownLatch first = new CountDownLatch(1);
		return new Recorder((message) -> {
			if (first.getCount() > 0) {
				first.countDown();
				both.countDown();
			}
			assertThat(both.await(20, TimeUnit.SECONDS)).as("both have got a message").isTrue();
		});
	}

	@Test
	void messageWaitsForItsConsumer() {
		start(application()).publish("early");
		Recorder recorder = new Recorder();
		start(application(recorder));
		Flow.eventually().until(() -> recorder.completed().equals(List.of("early")));
	}

	@Test
	@Requires(Capability.SELECTORS)
	void processorWithASelectorLeavesTheOthers() throws Exception {
		RedProcessor red = new RedProcessor();
		Application application = start(application(red));
		for (int i = 0; i < 6; i++) {
			application.publication().header("colour", (i % 2 == 0) ? "red" : "blue").publish(String.valueOf(i));
		}
		Flow.eventually().until(() -> red.received.size() == 3);
		application.close();
		assertThat(red.received).containsExactlyInAnyOrder("0", "2", "4");
		assertThat(RawClient.texts(raw().take(queue(), 3))).containsExactlyInAnyOrder("1", "3", "5");
	}

	@Test
	@Requires(Capability.PRIORITY)
	void publishedPriorityOvertakesWhatWaits() {
		Application publisher = start(application());
		for (int i = 0; i < 5; i++) {
			publisher.publication().priority(1).publish(String.valueOf(i));
		}
		publisher.publication().priority(9).publish("urgent");
		Recorder recorder = new Recorder();
		start(application(recorder));
		Flow.eventually().until(() -> recorder.completed().size() == 6);
		assertThat(recorder.completed()).startsWith("urgent")
			.containsExactlyInAnyOrder("urgent", "0", "1", "2", "3", "4");
	}

	@Test
	@Requires(Capability.EXPIRY)
	void publishedMessageThatIsTooOldIsProcessedByNobody() {
		Application publisher = start(application());
		publisher.publication().timeToLive(Duration.ofMillis(200)).publish("old");
		publisher.publication().timeToLive(Duration.ofMinutes(10)).publish("fresh");
		Flow.work(Duration.ofMillis(600));
		Recorder recorder = new Recorder();
		start(application(recorder));
		publisher.publish("last");
		Flow.eventually().until(() -> recorder.completed().contains("last") && recorder.completed().size() >= 2);
		assertThat(recorder.completed()).containsExactlyInAnyOrder("fresh", "last");
	}

	@Test
	void nameOnTheBrokerIsTellable() {
		Address address = queue();
		assertThat(adapter().nameOnBroker(address)).isNotBlank();
		adapter().check(address);
	}

	/**
	 * Takes red messages only.
	 */
	@Processor
	static class RedProcessor {

		private final List<String> received = new CopyOnWriteArrayList<>();

		@SubscribesTo(value = "${contract.destination}", id = Recorder.ID, selector = "colour = 'red'")
		void onMessage(String payload) {
			this.received.add(payload);
		}

	}

}
