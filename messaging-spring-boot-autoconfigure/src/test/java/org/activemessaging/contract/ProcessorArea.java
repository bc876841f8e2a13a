package org.activemessaging.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.OnError;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.activemessaging.WindowFailureException;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a processor returns, and what its class decides about a failure, is part of the
 * transaction of the message; a whole window may be processed in one call.
 */
abstract class ProcessorArea extends Area {

	@Test
	void resultOfTheTryThatSucceedsIsPublished() throws Exception {
		raw().prepare(queue("out"));
		Application application = start(application(new Returning()).redelivery(1, 1)
			.with("messaging.destination.out.queue", queue("out").name()));
		application.publish("in");
		assertThat(RawClient.texts(raw().take(queue("out"), 2))).containsExactlyInAnyOrder("in 3", "and more");
		assertThat(raw().drain(queue("out"))).isEmpty();
		application.close();
		assertThat(raw().drain(queue())).isEmpty();
	}

	@Test
	void messageIsDoneWhenItsFailureIsDealtWith() throws Exception {
		raw().prepare(queue("out"));
		Deciding deciding = new Deciding();
		Application application = start(
				application(deciding).redelivery(2, 2).with("messaging.destination.out.queue", queue("out").name()));
		application.publish(0, 20);
		assertThat(RawClient.texts(raw().take(queue("out"), 20)))
			.containsExactlyInAnyOrderElementsOf(numbers(0, 20).stream().map((text) -> "instead of " + text).toList());
		Flow.eventually().until(() -> deciding.calls.size() >= 20);
		application.close();
		assertThat(deciding.calls).hasSize(20);
		assertThat(raw().drain(queue())).isEmpty();
		assertThat(raw().drain(queue("out"))).isEmpty();
	}

	@Test
	void windowIsProcessedTogetherAndOfThoseThatFailEachGoesItsOwnWay() throws Exception {
		start(application()).publish(0, 60);
		Windows windows = new Windows();
		Application application = start(application(windows).redelivery(1, 1).with("messaging.listener.window", "20"));
		assertThat(RawClient.texts(raw().take(application.deadLetters(null), 6))).containsExactlyInAnyOrder("5", "15",
				"25", "35", "45", "55");
		Flow.eventually().until(() -> windows.done.size() >= 54);
		application.close();
		assertThat(windows.done).doesNotHaveDuplicates().hasSize(54);
		assertThat(windows.tries).hasSize(6 * 4);
		assertThat(windows.largest).hasValueGreaterThan(1);
		assertThat(raw().drain(queue())).isEmpty();
	}

	@Processor
	static class Windows {

		private final List<String> done = new CopyOnWriteArrayList<>();

		private final List<String> tries = new CopyOnWriteArrayList<>();

		private final AtomicInteger largest = new AtomicInteger();

		@SubscribesTo("${contract.destination}")
		void onMessages(List<Message<String>> messages) {
			this.largest.accumulateAndGet(messages.size(), Math::max);
			for (int i = 0; i < messages.size(); i++) {
				String text = messages.get(i).getPayload();
				if (text.endsWith("5")) {
					this.tries.add(text);
					throw WindowFailureException.stoppedAt(i, new IllegalStateException(text));
				}
				this.done.add(text);
			}
		}

	}

	@Processor
	static class Returning {

		private final AtomicInteger tries = new AtomicInteger();

		@SubscribesTo("${contract.destination}")
		@PublishesTo("out")
		List<String> onMessage(String payload) {
			int number = this.tries.incrementAndGet();
			if (number < 3) {
				throw new IllegalStateException("not yet");
			}
			return List.of(payload + " " + number, "and more");
		}

	}

	@Processor
	static class Deciding {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@SubscribesTo("${contract.destination}")
		@PublishesTo("out")
		String onMessage(String payload) {
			this.calls.add(payload);
			throw new IllegalStateException(payload);
		}

		@OnError
		@PublishesTo("out")
		String onError(IllegalStateException failure, String payload) {
			return "instead of " + payload;
		}

	}

}
