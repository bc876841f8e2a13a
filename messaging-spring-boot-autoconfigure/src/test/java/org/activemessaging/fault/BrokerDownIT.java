package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.LogRecorder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broker that is away for long, and an application with many processors.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokerDownIT {

	private static final int PROCESSORS = 10;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "failover" })
	void outageOfTheBrokerIsBorneQuietly(String transport, CapturedOutput output) {
		Duration outage = Duration.ofSeconds(Form.size(70, 4));
		try (LogRecorder log = new LogRecorder(); FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			run.broker().kill();
			long start = System.nanoTime();
			run.runner(run.url(transport), "fault.consume=false").withBean(Many.class).run((context) -> {
				assertThat(Flow.since(start)).as("time to start").isLessThan(Duration.ofSeconds(5));
				Flow.work(outage);
				assertThat(log.complaints()).isBetween((long) PROCESSORS, (PROCESSORS + 2) * (1 + outage.toMinutes()));
				run.broker().start();
				Flow.eventually().atMost(FaultRun.LONG).until(() -> lines(output, "is connected again") >= PROCESSORS);
				assertThat(isTaken(context.getBean(MessagePublisher.class))).isTrue();
			});
		}
	}

	private static boolean isTaken(MessagePublisher publisher) {
		try {
			publisher.publish("orders", "m-0");
			return true;
		}
		catch (PublishException ex) {
			return false;
		}
	}

	private static long lines(CapturedOutput output, String pattern) {
		Pattern line = Pattern.compile(pattern);
		return output.getAll().lines().filter((text) -> line.matcher(text).find()).count();
	}

	/**
	 * Processors of one destination.
	 */
	@Processor
	static class Many {

		@SubscribesTo(value = "orders", id = "p0")
		@SubscribesTo(value = "orders", id = "p1")
		@SubscribesTo(value = "orders", id = "p2")
		@SubscribesTo(value = "orders", id = "p3")
		@SubscribesTo(value = "orders", id = "p4")
		@SubscribesTo(value = "orders", id = "p5")
		@SubscribesTo(value = "orders", id = "p6")
		@SubscribesTo(value = "orders", id = "p7")
		@SubscribesTo(value = "orders", id = "p8")
		@SubscribesTo(value = "orders", id = "p9")
		void onMessage(String text) {
		}

	}

}
