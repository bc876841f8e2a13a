package org.activemessaging.flow;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingHealthContributorAutoConfiguration;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.security.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A broker that refuses credentials is not asked all the time, and one that refuses a
 * queue costs nothing but that queue.
 */
class RefusedAccessTests {

	private static final Duration FIRST_DELAY = Duration.ofMillis(400);

	@ParameterizedTest
	@ValueSource(strings = { "%s", "failover:(%s)" })
	void wrongCredentialsAreNotTriedAllTheTime(String url) {
		try (GuardedBroker broker = new GuardedBroker(Secrets.PASSWORD)) {
			application(url.formatted(broker.url()), "wrong").withBean("script", Script.class, Script::thatSucceeds)
				.run((context) -> {
					MessagePublisher publisher = context.getBean(MessagePublisher.class);
					long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
					int publishes = 0;
					while (System.nanoTime() < end) {
						assertThatExceptionOfType(PublishException.class)
							.isThrownBy(() -> publisher.publish("orders", "text"))
							.isNotInstanceOf(PublishUncertainException.class)
							.satisfies((ex) -> assertThat(ex.toString()).doesNotContain(Secrets.CANARY))
							.withMessageContaining("authentication");
						publishes++;
						Flow.work(Duration.ofMillis(5));
					}
					assertThat(publishes).isGreaterThan(100);
					// 0.4 + 0.8 + 1.6 s for listener, mover and publisher, 0.5 s for the
					// sampler; a client that reconnects by itself may try twice.
					int most = (3 * 5 + 10) * (url.startsWith("failover") ? 2 : 1);
					assertThat(broker.refusals()).hasSizeBetween(4, most);
					Health health = health(context);
					assertThat(health.getStatus()).isEqualTo(Status.DOWN);
					assertThat((String) health.getDetails().get("reason")).contains("authentication")
						.doesNotContain(Secrets.CANARY);
					assertThat(reports(context).get(0).outage()).contains("authentication");
				});
		}
	}

	@Test
	void publisherWaitsLongerAndLongerBetweenTries() {
		try (GuardedBroker broker = new GuardedBroker(Secrets.PASSWORD)) {
			application(broker.url(), "wrong").withPropertyValues("messaging.operations.sample-interval=1h")
				.run((context) -> {
					MessagePublisher publisher = context.getBean(MessagePublisher.class);
					Flow.eventually().until(() -> broker.refusals().length > 0);
					long[] before = broker.refusals();
					Flow.eventually().until(() -> {
						assertThatExceptionOfType(PublishException.class)
							.isThrownBy(() -> publisher.publish("orders", "text"));
						return broker.refusals().length >= before.length + 3;
					});
					long[] after = Arrays.copyOfRange(broker.refusals(), before.length, broker.refusals().length);
					assertThat(Duration.ofNanos(after[1] - after[0])).isGreaterThanOrEqualTo(FIRST_DELAY);
					assertThat(Duration.ofNanos(after[2] - after[1]))
						.isGreaterThanOrEqualTo(FIRST_DELAY.multipliedBy(2));
				});
		}
	}

	@Test
	void queueWhosePermissionIsTakenAwayComesBackWithIt() {
		try (GuardedBroker broker = new GuardedBroker(Secrets.PASSWORD)) {
			ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
			application(broker.url(), Secrets.PASSWORD).withPropertyValues("messaging.destination.others.queue=Others")
				.withBean("two", Two.class, () -> new Two(received))
				.run((context) -> {
					MessagePublisher publisher = context.getBean(MessagePublisher.class);
					publisher.publish("orders", "first");
					publisher.publish("others", "first");
					Flow.eventually().until(() -> received.containsAll(List.of("orders first", "others first")));
					broker.forbidReading(Flow.QUEUE);
					broker.cutConnections();
					Flow.eventually().until(() -> report(context, "orders").state() == ContainerState.RECOVERING);
					Flow.eventually().until(() -> report(context, "orders").outage() != null);
					assertThat(report(context, "orders").outage()).contains("not authorized");
					Flow.eventually().ignoreExceptions().untilAsserted(() -> publisher.publish("others", "second"));
					publisher.publish("orders", "second");
					Flow.eventually().until(() -> received.contains("others second"));
					assertThat(received).doesNotContain("orders second");
					assertThat(report(context, "others").state()).isEqualTo(ContainerState.RUNNING);
					broker.allowAll();
					Flow.eventually().until(() -> received.contains("orders second"));
					assertThat(report(context, "orders").state()).isEqualTo(ContainerState.RUNNING);
					broker.forbidWriting("Others");
					assertThatExceptionOfType(PublishException.class)
						.isThrownBy(() -> publisher.publish("others", "third"))
						.isNotInstanceOf(PublishUncertainException.class);
					publisher.publish("orders", "third");
					Flow.eventually().until(() -> received.contains("orders third"));
				});
		}
	}

	private static ApplicationContextRunner application(String url, String password) {
		return Flow.application(url)
			.withConfiguration(AutoConfigurations.of(MessagingHealthContributorAutoConfiguration.class))
			.withPropertyValues("messaging.broker.default.user=" + GuardedBroker.USER,
					"messaging.broker.default.password=" + password,
					"messaging.broker.default.reconnect.initial-delay=" + FIRST_DELAY.toMillis() + "ms",
					"messaging.broker.default.reconnect.max-delay=10s", "messaging.operations.sample-interval=500ms");
	}

	private static ProcessorReport report(ApplicationContext context, String id) {
		return reports(context).stream()
			.filter((report) -> report.definition().id().equals(id))
			.findFirst()
			.orElseThrow();
	}

	private static List<ProcessorReport> reports(ApplicationContext context) {
		return context.getBean(ProcessorContainers.class).reports();
	}

	private static Health health(ApplicationContext context) {
		CompositeHealthContributor contributor = context.getBean(CompositeHealthContributor.class);
		return ((HealthIndicator) contributor.getContributor("default")).health(true);
	}

	@Processor
	static class Two {

		private final ConcurrentLinkedQueue<String> received;

		Two(ConcurrentLinkedQueue<String> received) {
			this.received = received;
		}

		@SubscribesTo(value = "orders", id = "orders")
		void order(String text) {
			this.received.add("orders " + text);
		}

		@SubscribesTo(value = "others", id = "others")
		void other(String text) {
			this.received.add("others " + text);
		}

	}

}
