package org.activemessaging.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.activemessaging.flow.Flow;
import org.activemessaging.listener.ContainerState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that ends finishes what it has begun, and gives back the rest.
 */
abstract class StopArea extends Area {

	@Test
	void messageInWorkIsFinishedAndTheRestGoesBackUncounted() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		Recorder first = new Recorder((message) -> {
			started.countDown();
			assertThat(proceed.await(20, TimeUnit.SECONDS)).isTrue();
		});
		start(application()).publish(0, 10);
		Application application = start(application(first));
		assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> end = CompletableFuture.runAsync(application::close);
		Flow.eventually().until(() -> application.report(Recorder.ID).state() == ContainerState.STOPPED);
		assertThat(end).isNotDone();
		proceed.countDown();
		end.get(20, TimeUnit.SECONDS);
		int done = first.completed().size();
		assertThat(done).isBetween(1, 9);
		Recorder second = new Recorder();
		start(application(second));
		Flow.eventually().until(() -> second.completed().size() >= 10 - done);
		assertThat(second.completed()).doesNotContainAnyElementsOf(first.completed()).hasSize(10 - done);
		assertThat(second.calls())
			.allSatisfy((call) -> assertThat(call.message().getHeaders()).doesNotContainKey("am_attempt"));
	}

	@Test
	void endInTheMiddleLosesNothingAndRepeatsNothing() throws Exception {
		start(application()).publish(0, 100);
		Recorder first = new Recorder((message) -> Flow.work(java.time.Duration.ofMillis(2)));
		Application application = start(application(first));
		Flow.eventually().until(() -> first.completed().size() >= 20);
		application.close();
		Recorder second = new Recorder();
		start(application(second));
		Flow.eventually().until(() -> first.completed().size() + second.completed().size() >= 100);
		assertThat(second.completed()).doesNotContainAnyElementsOf(first.completed());
		assertThat(first.completed().size() + second.completed().size()).isEqualTo(100);
	}

}
