package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A network that breaks between applications and their broker.
 */
class LinkFaultIT {

	private static final int CONCURRENCY = 4;

	private static final int PRODUCERS = 4;

	private static final int WINDOW = 10;

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private static final Duration NOTICED = Duration.ofSeconds(20);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void connectionsThatAreCutLoseNothing() {
		int messages = Form.size(10_000, 1_500);
		int cuts = Form.size(20, 6);
		int bound = cuts * (CONCURRENCY * WINDOW + PRODUCERS);
		Verdict ours = cut(AppProcess.Kind.OURS, messages, cuts);
		Verdict plain = !Form.LONG ? null : cut(AppProcess.Kind.PLAIN, messages, cuts);
		FaultReport.write("08", new FaultReport.Row("connections cut", cuts, ours, bound, plain));
		Verdicts.assertPromiseKept(ours, bound);
		assertThat(ours.deadLettered()).isEmpty();
		assertThat(ours.recovery()).isLessThan(Duration.ofSeconds(10));
	}

	private Verdict cut(AppProcess.Kind kind, int messages, int cuts) {
		Random random = new Random(8);
		try (FaultRun run = new FaultRun(kind, this.directory);
				FaultProxy proxy = new FaultProxy(run.broker().port())) {
			run.startOn(proxy.url(), "fault.concurrency=" + CONCURRENCY, "fault.work=1", "fault.produce=" + messages,
					"fault.producers=" + PRODUCERS);
			for (int cut = 1; cut <= cuts; cut++) {
				run.awaitAcked(cut * (messages - cuts * PRODUCERS) / (cuts + 1));
				Flow.work(Duration.ofMillis(random.nextInt(100)));
				proxy.cut();
				run.repaired();
			}
			run.awaitSettled(messages - cuts * PRODUCERS);
			return run.verdict();
		}
	}

	@Test
	void linkThatIsDeadIsNoticedAndHeals() {
		CompletableFuture<Verdict> failover = CompletableFuture.supplyAsync(() -> halfOpen("failover"));
		Map.of("tcp", halfOpen("tcp"), "failover", failover.join()).forEach((transport, verdict) -> {
			int bound = CONCURRENCY * WINDOW + PRODUCERS;
			FaultReport.write("09-" + transport, new FaultReport.Row("half-open link, `" + transport + "`", 1, verdict,
					bound, !Form.LONG ? null : plainHalfOpen(transport)));
			Verdicts.assertPromiseKept(verdict, bound);
			assertThat(verdict.deadLettered()).isEmpty();
		});
	}

	private Verdict halfOpen(String transport) {
		int messages = Form.size(10_000, 1_000);
		Duration hole = Duration.ofSeconds(Form.size(30, 8));
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory);
				FaultProxy proxy = new FaultProxy(run.broker().port())) {
			String url = transport.equals("tcp") ? proxy.url() : proxy.failoverUrl();
			run.runner(url, "fault.concurrency=" + CONCURRENCY, "fault.work=1", "fault.produce=" + messages,
					"fault.producers=" + PRODUCERS, "messaging.broker.default.publisher.timeout=" + TIMEOUT)
				.run((context) -> {
					run.awaitAcked(messages / 4);
					Flow.eventually().until(() -> status(context).equals(Status.UP));
					proxy.blackHole();
					long start = System.nanoTime();
					assertPublishFailsInTime(context.getBean(MessagePublisher.class));
					Flow.eventually().atMost(NOTICED).until(() -> status(context).equals(Status.DOWN));
					assertThat(Flow.since(start)).as("time until the status is DOWN").isLessThan(NOTICED);
					Flow.work(hole.minus(Flow.since(start)));
					proxy.heal();
					run.repaired();
					Flow.eventually().atMost(FaultRun.LONG).until(() -> status(context).equals(Status.UP));
					run.awaitAcked(messages - 100);
					run.awaitSettled(messages - 100);
				});
			return run.verdict();
		}
	}

	private Verdict plainHalfOpen(String transport) {
		int messages = 10_000;
		try (FaultRun run = new FaultRun(AppProcess.Kind.PLAIN, this.directory);
				FaultProxy proxy = new FaultProxy(run.broker().port())) {
			run.startOn(transport.equals("tcp") ? proxy.url() : proxy.failoverUrl(), "fault.concurrency=" + CONCURRENCY,
					"fault.work=1", "fault.produce=" + messages, "fault.producers=" + PRODUCERS);
			run.awaitAcked(messages / 4);
			proxy.blackHole();
			Flow.work(Duration.ofSeconds(30));
			proxy.heal();
			run.repaired();
			run.awaitSettled(messages - 100);
			return run.verdict();
		}
	}

	private static void assertPublishFailsInTime(MessagePublisher publisher) {
		long start = System.nanoTime();
		assertThat(catchThrowable(() -> publisher.publish("orders", "probe-0"))).isInstanceOf(PublishException.class);
		assertThat(Flow.since(start)).isLessThan(Form.inTime(TIMEOUT));
	}

	private static Status status(ApplicationContext context) {
		CompositeHealthContributor contributor = context.getBean(CompositeHealthContributor.class);
		return ((HealthIndicator) contributor.getContributor("default")).health(true).getStatus();
	}

}
