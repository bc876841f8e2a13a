package org.activemessaging.flow;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Starting points of flow tests.
 */
public final class Flow {

	/**
	 * The queue behind destination {@code orders}.
	 */
	static final String QUEUE = "Orders";

	static final String DEAD_LETTERS = "DLQ." + QUEUE;

	/**
	 * What makes delays short enough for tests.
	 */
	static final String[] FAST = { "messaging.broker.default.reconnect.initial-delay=100ms",
			"messaging.broker.default.reconnect.max-delay=500ms", "messaging.listener.redelivery.delay=200ms",
			"messaging.listener.brake.failures=1000000", "messaging.listener.redelivery.multiplier=1",
			"messaging.listener.redelivery.jitter=0", "messaging.operations.sample-interval=200ms" };

	private Flow() {
	}

	/**
	 * An application with one broker, and a destination {@code orders} on it.
	 */
	static ApplicationContextRunner application(String url) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withPropertyValues(FAST)
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.default.adapter=activemq",
					"messaging.broker.default.url=" + url, "messaging.destination.orders.queue=" + QUEUE);
	}

	static ApplicationContextRunner application(String url, Script script) {
		return application(url).withBean("script", Script.class, () -> script);
	}

	public static ConditionFactory eventually() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
	}

	/**
	 * Asserts something that has to stay true for a while.
	 */
	public static ConditionFactory throughout(Duration duration) {
		return Awaitility.await().during(duration).atMost(duration.plusSeconds(10)).pollInterval(Duration.ofMillis(20));
	}

	/**
	 * Takes some time, as a processor does.
	 */
	public static void work(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		for (long rest = duration.toNanos(); rest > 0; rest = end - System.nanoTime()) {
			LockSupport.parkNanos(rest);
		}
	}

	public static Duration since(long nanoTime) {
		return Duration.ofNanos(System.nanoTime() - nanoTime);
	}

	static Duration between(Script.Call first, Script.Call second) {
		return Duration.of(second.at() - first.at(), TimeUnit.NANOSECONDS.toChronoUnit());
	}

}
