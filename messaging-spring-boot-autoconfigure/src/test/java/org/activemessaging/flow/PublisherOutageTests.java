package org.activemessaging.flow;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Publishing while the broker does not answer: nobody waits longer than configured, and
 * who gets an exception knows what it means.
 */
class PublisherOutageTests {

	private static final Duration BOUND = Duration.ofMillis(2500);

	@ParameterizedTest
	@ValueSource(strings = { "tcp://localhost:%d", "failover:(tcp://localhost:%d)" })
	void publishWithoutABrokerFailsInTimeAndRecovers(String url) {
		int port = BrokerProcess.freePort();
		application(url.formatted(port)).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int i = 0; i < 2; i++) {
				assertFailsInTime(publisher);
			}
			try (TestBroker broker = TestBroker.startOn(port)) {
				Flow.eventually().ignoreExceptions().untilAsserted(() -> publisher.publish("orders", "after"));
				assertThat(broker.depth(Flow.QUEUE)).isEqualTo(1);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://localhost:%d", "failover:(tcp://localhost:%d)" })
	void publishAfterTheLossOfTheBrokerFailsInTimeAndRecovers(String url) {
		int port = BrokerProcess.freePort();
		application(url.formatted(port)).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			try (TestBroker broker = TestBroker.startOn(port)) {
				publisher.publish("orders", "before");
			}
			for (int i = 0; i < 3; i++) {
				long start = System.nanoTime();
				assertThatExceptionOfType(PublishException.class)
					.isThrownBy(() -> publisher.publish("orders", "meanwhile"));
				assertThat(Flow.since(start)).isLessThan(BOUND);
			}
			try (TestBroker broker = TestBroker.startOn(port)) {
				Flow.eventually().ignoreExceptions().untilAsserted(() -> publisher.publish("orders", "after"));
				assertThat(broker.depth(Flow.QUEUE)).isGreaterThanOrEqualTo(1);
			}
		});
	}

	@Test
	void publishToAPortThatNeverAnswersFailsInTime() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			application("tcp://localhost:" + silent.getLocalPort())
				.run((context) -> assertFailsInTime(context.getBean(MessagePublisher.class)));
		}
	}

	@Test
	void manyThreadsWithoutABrokerFailInTime() {
		application("tcp://localhost:" + BrokerProcess.freePort()).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			ExecutorService executor = Executors.newFixedThreadPool(16);
			long start = System.nanoTime();
			List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				futures.add(executor.submit(() -> assertFailsInTime(publisher)));
			}
			for (Future<?> future : futures) {
				future.get(5, TimeUnit.SECONDS);
			}
			executor.shutdown();
			assertThat(Flow.since(start)).isLessThan(BOUND);
		});
	}

	private static void assertFailsInTime(MessagePublisher publisher) {
		long start = System.nanoTime();
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish("orders", "meanwhile"))
			.isNotInstanceOf(PublishUncertainException.class)
			.satisfies((ex) -> assertThat(ex.getDestination()).isEqualTo("orders"))
			.withMessageContaining("'orders'")
			.withMessageContaining("'default'");
		assertThat(Flow.since(start)).isLessThan(BOUND);
	}

	private static ApplicationContextRunner application(String url) {
		return Flow.application(url).withPropertyValues("messaging.broker.default.publisher.timeout=1s");
	}

}
