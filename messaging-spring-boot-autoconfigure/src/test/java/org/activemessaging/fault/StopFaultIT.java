package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.PlainClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that are told to stop while they are at work.
 */
class StopFaultIT {

	private static final int CONCURRENCY = 4;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void whatIsInWorkIsFinishedWhenTheApplicationIsToldToStop() {
		int messages = Form.size(10_000, 600);
		int stops = Form.size(10, 2);
		Verdict ours = terminate(AppProcess.Kind.OURS, messages, stops);
		Verdict plain = !Form.LONG ? null : terminate(AppProcess.Kind.PLAIN, messages, stops);
		FaultReport.write("18", new FaultReport.Row("SIGTERM under load", stops, ours, 0, plain));
		Verdicts.assertPromiseKept(ours, 0);
		assertThat(ours.begunTwice()).isEmpty();
		assertThat(ours.deadLettered()).isEmpty();
		assertThat(ours.done()).isEqualTo(messages);
	}

	private Verdict terminate(AppProcess.Kind kind, int messages, int stops) {
		try (FaultRun run = new FaultRun(kind, this.directory)) {
			run.preload("m", messages);
			for (int stop = 1; stop <= stops; stop++) {
				AppProcess consumer = run.start("fault.concurrency=" + CONCURRENCY, "fault.work=10");
				run.awaitProgress(messages / (stops + 2));
				consumer.terminate();
				assertThat(consumer.awaitEnd(Duration.ofSeconds(25))).as("whether it ends in time").isTrue();
				run.repaired();
			}
			run.start("fault.concurrency=" + CONCURRENCY, "fault.work=10");
			run.awaitSettled(messages);
			return run.verdict();
		}
	}

	@Test
	void processorThatHangsDoesNotKeepTheApplicationFromStopping() {
		Duration drain = Duration.ofSeconds(2);
		Hanging hanging = new Hanging();
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			long[] stopped = new long[1];
			run.runner(run.broker().url(), "fault.consume=false", "messaging.listener.drain-timeout=" + drain)
				.withBean(Hanging.class, () -> hanging)
				.run((context) -> {
					context.getBean(MessagePublisher.class).publish("orders", "m-0");
					Flow.eventually().until(() -> hanging.begun.getCount() == 0);
					stopped[0] = System.nanoTime();
				});
			assertThat(Flow.since(stopped[0])).isBetween(drain, drain.plusSeconds(8));
			try (PlainClient client = run.broker().client()) {
				assertThat(client.drain(FaultRun.QUEUE)).as("the message that was in work").hasSize(1);
			}
		}
		finally {
			hanging.end.countDown();
		}
	}

	/**
	 * A processor that nothing can end, not even an interrupt.
	 */
	@Processor
	static class Hanging {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		@SubscribesTo("orders")
		void onMessage(String text) {
			this.begun.countDown();
			while (this.end.getCount() > 0) {
				Flow.work(Duration.ofMillis(50));
			}
		}

	}

}
