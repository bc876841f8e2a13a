package org.activemessaging.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The broker dies by SIGKILL and comes back with what its journal holds.
 */
class BrokerKillIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private BrokerProcess broker;

	@BeforeEach
	void start() {
		this.broker = BrokerProcess.start(this.directory);
	}

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void messagesSurviveWhileTheyAreProcessed(boolean failover) {
		int messages = 500;
		try (PlainClient client = this.broker.client()) {
			client.sendText(Flow.QUEUE, 0, messages);
		}
		Script script = new Script((message) -> Flow.work(Duration.ofMillis(4)));
		application(script, failover)
			.withPropertyValues("messaging.listener.concurrency=2", "messaging.listener.window=10")
			.run((context) -> {
				Flow.eventually().until(() -> script.completed().size() > messages / 5);
				this.broker.kill();
				int atKill = script.completed().size();
				assertThat(atKill).isLessThan(messages);
				this.broker.start();
				Flow.eventually()
					.atMost(Duration.ofSeconds(30))
					.until(() -> new TreeSet<>(script.completed()).size() == messages);
				// Two consumers with a window of ten, whose commit may have been lost.
				assertThat(script.completed()).hasSizeLessThanOrEqualTo(messages + 2 * 10);
				Flow.eventually().untilAsserted(() -> {
					try (PlainClient client = this.broker.client()) {
						assertThat(client.browse(Flow.QUEUE)).isEmpty();
						assertThat(client.browse(Flow.DEAD_LETTERS)).isEmpty();
						assertThat(client.browse("ActiveMQ.DLQ")).isEmpty();
					}
				});
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatWasPublishedIsThere(boolean failover) {
		int threads = 32;
		application(null, failover).withPropertyValues("messaging.broker.default.publisher.timeout=2s")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				Queue<String> confirmed = new ConcurrentLinkedQueue<>();
				Queue<String> refused = new ConcurrentLinkedQueue<>();
				Queue<String> uncertain = new ConcurrentLinkedQueue<>();
				Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
				AtomicBoolean running = new AtomicBoolean(true);
				ExecutorService executor = Executors.newFixedThreadPool(threads);
				List<Future<?>> futures = new ArrayList<>();
				for (int thread = 0; thread < threads; thread++) {
					int number = thread;
					futures.add(executor.submit(() -> {
						for (int i = 0; running.get(); i++) {
							String text = number + "/" + i;
							try {
								publisher.to("orders").header("am_id", text).publish(text);
								confirmed.add(text);
							}
							catch (PublishUncertainException ex) {
								assertThat(ex.getMessageId()).isEqualTo(text);
								uncertain.add(text);
							}
							catch (PublishException ex) {
								refused.add(text);
								Flow.work(Duration.ofMillis(20));
							}
							catch (Throwable ex) {
								unexpected.add(ex);
							}
						}
					}));
				}
				Flow.eventually().until(() -> confirmed.size() > 500);
				this.broker.kill();
				int atKill = confirmed.size();
				this.broker.start();
				Flow.eventually().atMost(Duration.ofSeconds(20)).until(() -> confirmed.size() > atKill + 200);
				running.set(false);
				for (Future<?> future : futures) {
					future.get(10, TimeUnit.SECONDS);
				}
				executor.shutdown();
				assertThat(unexpected).isEmpty();
				Set<String> stored;
				List<String> drained;
				try (PlainClient client = this.broker.client()) {
					drained = client.drainTexts(Flow.QUEUE);
					stored = Set.copyOf(drained);
				}
				assertThat(stored).containsAll(confirmed);
				assertThat(refused).noneMatch(stored::contains);
				// Only those that were on their way when the broker died: they are
				// sent again, and the broker may have stored them before.
				assertThat(uncertain).hasSizeLessThanOrEqualTo(threads);
				assertThat(drained).hasSizeLessThanOrEqualTo(stored.size() + threads);
				PublishTogetherTests.assertInOrder(drained.stream().distinct().toList());
			});
	}

	@Test
	void delayedMessagesSurvive() {
		int messages = 40;
		AtomicBoolean healthy = new AtomicBoolean();
		Script script = new Script((message) -> {
			if (!healthy.get()) {
				throw new IllegalStateException("not yet");
			}
		});
		application(script, false)
			.withPropertyValues("messaging.listener.redelivery.delay=3s", "messaging.listener.redelivery.immediate=0")
			.run((context) -> {
				try (PlainClient client = this.broker.client()) {
					client.sendText(Flow.QUEUE, 0, messages);
					Flow.eventually().until(() -> script.calls().size() == messages);
					Flow.eventually().until(() -> client.browse(Flow.QUEUE).isEmpty());
				}
				this.broker.kill();
				healthy.set(true);
				assertThat(script.completed()).isEmpty();
				this.broker.start();
				Flow.eventually()
					.atMost(Duration.ofSeconds(25))
					.until(() -> new TreeSet<>(script.completed()).size() == messages);
				assertThat(script.completed()).doesNotHaveDuplicates();
				try (PlainClient client = this.broker.client()) {
					assertThat(client.browse(Flow.DEAD_LETTERS)).isEmpty();
					assertThat(client.browse("DELAY.voyeur.1s")).isEmpty();
				}
			});
	}

	@Test
	void deadLettersAreNeitherLostNorDoubled() {
		int messages = 300;
		try (PlainClient client = this.broker.client()) {
			client.sendText(Flow.QUEUE, 0, messages);
		}
		AtomicInteger calls = new AtomicInteger();
		Script script = new Script((message) -> {
			calls.incrementAndGet();
			Flow.work(Duration.ofMillis(3));
			throw new IllegalStateException("no");
		});
		application(script, false)
			.withPropertyValues("messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=1",
					"messaging.listener.redelivery.delay=1s")
			.run((context) -> {
				for (int kill = 1; kill <= 2; kill++) {
					int threshold = calls.get() + 80;
					Flow.eventually().atMost(Duration.ofSeconds(20)).until(() -> calls.get() > threshold);
					this.broker.kill();
					this.broker.start();
				}
				try (PlainClient client = this.broker.client()) {
					Flow.eventually()
						.atMost(Duration.ofSeconds(30))
						.until(() -> client.browse(Flow.DEAD_LETTERS).size() >= messages
								&& client.browse("DELAY.voyeur.1s").isEmpty() && client.browse(Flow.QUEUE).isEmpty());
					List<String> letters = client.drainTexts(Flow.DEAD_LETTERS);
					assertThat(letters).containsExactlyInAnyOrderElementsOf(
							IntStream.range(0, messages).mapToObj(String::valueOf).toList());
					assertThat(client.browse("ActiveMQ.DLQ")).isEmpty();
				}
			});
	}

	private ApplicationContextRunner application(Script script, boolean failover) {
		String url = failover ? this.broker.failoverUrl() : this.broker.url();
		return (script != null) ? Flow.application(url, script) : Flow.application(url);
	}

}
