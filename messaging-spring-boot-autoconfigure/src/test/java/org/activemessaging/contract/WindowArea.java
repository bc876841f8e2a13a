package org.activemessaging.contract;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.broker.Capability;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several messages become durable together, and each has a fate of its own.
 */
abstract class WindowArea extends Area {

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 100 })
	void everyMessageIsProcessedOnce(int window) throws Exception {
		start(application()).publish(0, 120);
		Recorder recorder = new Recorder();
		Application application = start(application(recorder).with("messaging.listener.window", window));
		Flow.eventually().until(() -> recorder.completed().size() >= 120);
		application.close();
		assertThat(recorder.completed()).containsExactlyInAnyOrderElementsOf(numbers(0, 120));
		assertThat(raw().drain(queue())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 100 })
	void failureInsideAWindowConcernsNoOther(int window) throws Exception {
		start(application()).publish(0, 60);
		Recorder recorder = new Recorder((message) -> {
			if (message.getPayload().toString().endsWith("5")) {
				throw new IllegalStateException("on purpose");
			}
		});
		Application application = start(
				application(recorder).with("messaging.listener.window", window).redelivery(1, 1));
		assertThat(RawClient.texts(raw().take(application.deadLetters(null), 6))).containsExactlyInAnyOrder("5", "15",
				"25", "35", "45", "55");
		Flow.eventually().until(() -> recorder.completed().size() >= 54);
		application.close();
		assertThat(recorder.completed()).hasSize(54).doesNotHaveDuplicates();
		assertThat(recorder.calls()).hasSize(54 + 6 * 4);
		assertThat(raw().drain(queue())).isEmpty();
	}

	@Test
	@Requires(Capability.PREFETCH)
	void slowProcessorDoesNotKeepMessagesFromOthers() {
		CountDownLatch proceed = new CountDownLatch(1);
		Recorder slow = new Recorder((message) -> {
			if (!message.getPayload().equals("first")) {
				assertThat(proceed.await(20, TimeUnit.SECONDS)).isTrue();
			}
		});
		Recorder other = new Recorder();
		Application application = start(application(slow).with("messaging.listener.window", 1));
		application.publish("first");
		Flow.eventually().until(() -> !slow.completed().isEmpty());
		application.publish("slow");
		Flow.eventually().until(() -> slow.calls().size() == 2);
		application.publish(0, 20);
		start(application(other));
		// The slow one may have been handed one more.
		Flow.eventually().until(() -> other.completed().size() >= 19);
		proceed.countDown();
		Flow.eventually().until(() -> slow.completed().size() + other.completed().size() == 22);
	}

	@Test
	@Requires(Capability.CLUSTER_CONCURRENCY)
	void instancesShareThePermits() throws Exception {
		AtomicInteger working = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Recorder recorder = new Recorder((message) -> {
			most.accumulateAndGet(working.incrementAndGet(), Math::max);
			Flow.work(Duration.ofMillis(100));
			working.decrementAndGet();
		});
		start(application()).publish(0, 40);
		for (int i = 0; i < 2; i++) {
			start(application(recorder).with("messaging.listener.concurrency", 3)
				.with("messaging.processor." + Recorder.ID + ".cluster-concurrency", 2));
		}
		Flow.eventually().until(() -> recorder.completed().size() >= 40);
		assertThat(recorder.completed()).containsExactlyInAnyOrderElementsOf(numbers(0, 40));
		assertThat(most).hasValue(2);
	}

}
