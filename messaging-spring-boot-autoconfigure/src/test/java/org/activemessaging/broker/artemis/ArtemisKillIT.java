package org.activemessaging.broker.artemis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.fault.Form;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Artemis dies by SIGKILL under load, and comes back with what its journal holds.
 */
@Tag("long")
class ArtemisKillIT {

	private static final int MESSAGES = Form.size(3000, 800);

	private static final int KILLS = Form.size(3, 1);

	private static final int THREADS = 8;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private ArtemisUnderTest broker;

	@BeforeEach
	void start() {
		this.broker = new ArtemisUnderTest(this.directory, "scan-millis=50");
		this.broker.start();
	}

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void nothingIsLost() {
		Recorder recorder = new Recorder((message) -> Flow.work(Duration.ofNanos(200_000)));
		ConcurrentLinkedQueue<String> confirmed = new ConcurrentLinkedQueue<>();
		ConcurrentLinkedQueue<String> uncertain = new ConcurrentLinkedQueue<>();
		AtomicInteger next = new AtomicInteger();
		ArtemisApplication.of(this.broker, "Orders")
			.withPropertyValues("messaging.listener.concurrency=2", "messaging.listener.window=10")
			.withBean(Recorder.class, () -> recorder)
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				ExecutorService executor = Executors.newFixedThreadPool(THREADS);
				List<Future<?>> futures = new ArrayList<>();
				for (int thread = 0; thread < THREADS; thread++) {
					futures.add(executor.submit(() -> publish(publisher, next, confirmed, uncertain)));
				}
				for (int kill = 1; kill <= KILLS; kill++) {
					int threshold = kill * MESSAGES / (KILLS + 1);
					Flow.eventually().atMost(Duration.ofSeconds(60)).until(() -> confirmed.size() > threshold);
					this.broker.kill();
					this.broker.start();
				}
				for (Future<?> future : futures) {
					future.get(60, TimeUnit.SECONDS);
				}
				executor.shutdown();
				Flow.eventually()
					.atMost(Duration.ofSeconds(60))
					.until(() -> recorder.completed().containsAll(confirmed));
				try (ArtemisClient client = new ArtemisClient(this.broker)) {
					Flow.eventually().until(() -> client.depth("Orders") == 0);
					assertThat(client.depth("DLQ.Orders")).isZero();
				}
			});
		Set<String> distinct = new TreeSet<>(recorder.completed());
		int repeated = recorder.completed().size() - distinct.size();
		assertThat(confirmed).hasSizeGreaterThanOrEqualTo(MESSAGES - KILLS * THREADS);
		assertThat(distinct).containsAll(confirmed);
		// For each kill: two windows of ten whose commit was on its way, and what was
		// published twice as its answer was.
		assertThat(repeated).as("repeated, with %s uncertain", uncertain.size())
			.isLessThanOrEqualTo(KILLS * (2 * 10 + THREADS));
	}

	private static void publish(MessagePublisher publisher, AtomicInteger next, ConcurrentLinkedQueue<String> confirmed,
			ConcurrentLinkedQueue<String> uncertain) {
		for (int i = next.getAndIncrement(); i < MESSAGES; i = next.getAndIncrement()) {
			String text = String.valueOf(i);
			boolean done = false;
			while (!done) {
				try {
					publisher.to("orders").header("am_id", text).publish(text);
					confirmed.add(text);
					done = true;
				}
				catch (PublishUncertainException ex) {
					uncertain.add(text);
					done = true;
				}
				catch (PublishException ex) {
					Flow.work(Duration.ofMillis(20));
				}
			}
		}
	}

}
