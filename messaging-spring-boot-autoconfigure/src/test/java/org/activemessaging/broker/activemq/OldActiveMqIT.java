package org.activemessaging.broker.activemq;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.contract.OldActiveMqUnderTest;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.PlainClient;
import org.apache.activemq.ActiveMQConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The flows with a broker that is older than Jakarta Messaging: ActiveMQ Classic 5.18,
 * which has no statistics plugin unless somebody adds it.
 */
class OldActiveMqIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static OldActiveMqUnderTest broker;

	@BeforeAll
	static void start() {
		broker = new OldActiveMqUnderTest(directory);
		broker.start();
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Test
	void brokerIsAnOldOne() {
		application().run((context) -> {
			Broker target = context.getBean(Brokers.class).get("default");
			try (Connection connection = target.connectionFactory().createConnection()) {
				connection.start();
				// In its greeting, and not what the client says about itself.
				ActiveMQConnection greeted = (ActiveMQConnection) connection;
				Flow.eventually().until(() -> greeted.getBrokerInfo() != null);
				assertThat(greeted.getBrokerInfo().getBrokerName()).isEqualTo("old");
				assertThat(broker.version()).startsWith("5.18.");
			}
		});
	}

	@Test
	void virtualTopicIsCopiedToGroupsAndSharedInsideThem() {
		AtomicInteger failures = new AtomicInteger(3);
		Recorder recorder = new Recorder((text) -> {
			if (text.equals("3") && failures.getAndDecrement() > 0) {
				throw new IllegalStateException("not yet");
			}
		});
		application().withBean("a", ClicksProcessor.class, () -> new ClicksProcessor(recorder))
			.withPropertyValues("messaging.listener.concurrency=2")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 10; i++) {
					publisher.publish("clicks", String.valueOf(i));
				}
				// Two tries at once, the third after a delay, straight to group a.
				Flow.eventually().untilAsserted(() -> assertThat(recorder.completed).hasSize(10));
				assertThat(recorder.calls).hasSize(13);
				assertThat(new HashSet<>(recorder.completed)).hasSize(10);
				QueueSample sample = sample(context.getBean(Brokers.class).get("default"),
						"Consumer.b.VirtualTopic.Clicks");
				// Nobody answers for the plugin, so the messages are counted.
				assertThat(sample.depth()).isEqualTo(10);
				assertThat(sample.source()).contains("brows");
				assertThat(sample.oldestAge()).isNotNull();
			});
	}

	@Test
	void givenUpMessageKeepsItsCause() {
		Recorder recorder = new Recorder((text) -> {
			throw new IllegalStateException("because of " + text);
		});
		application().withBean("orders", OrdersProcessor.class, () -> new OrdersProcessor(recorder))
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1",
					"messaging.destination.orders.queue=Failing")
			.run((context) -> {
				context.getBean(MessagePublisher.class).to("orders").header("color", "blue").publish("bad");
				try (PlainClient client = new PlainClient(broker.url())) {
					Flow.eventually().until(() -> client.browse("DLQ.Failing").size() == 1);
					Message letter = client.browse("DLQ.Failing").get(0);
					assertThat(letter.getStringProperty("am_exception_message")).isEqualTo("because of bad");
					assertThat(letter.getStringProperty("color")).isEqualTo("blue");
					assertThat(recorder.calls).hasSize(4);
					assertThat(client.browse("ActiveMQ.DLQ")).isEmpty();
				}
			});
	}

	@Test
	void messagesOfAGroupStayInOrder() {
		Map<String, List<String>> seen = new ConcurrentHashMap<>();
		Recorder recorder = new Recorder((
				text) -> seen.computeIfAbsent(text.substring(0, 1), (group) -> new CopyOnWriteArrayList<>()).add(text));
		application().withBean("orders", OrdersProcessor.class, () -> new OrdersProcessor(recorder))
			.withPropertyValues("messaging.listener.concurrency=3", "messaging.destination.orders.queue=Grouped")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 60; i++) {
					String group = String.valueOf((char) ('a' + i % 3));
					publisher.to("orders").group(group).publish(group + String.format("%02d", i));
				}
				Flow.eventually().untilAsserted(() -> assertThat(recorder.completed).hasSize(60));
				assertThat(seen).hasSize(3);
				assertThat(seen.values()).allSatisfy((texts) -> assertThat(texts).isSorted().hasSize(20));
			});
	}

	@Test
	void nothingIsLostWhenTheBrokerIsKilled() {
		int messages = 1000;
		Set<String> processed = Collections.synchronizedSet(new HashSet<>());
		Recorder recorder = new Recorder(processed::add);
		application().withBean("orders", OrdersProcessor.class, () -> new OrdersProcessor(recorder))
			.withPropertyValues("messaging.destination.orders.queue=Load", "messaging.listener.concurrency=2")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < messages; i++) {
					if (i == messages / 2) {
						broker.kill();
						broker.start();
					}
					publish(publisher, String.valueOf(i));
				}
				Flow.eventually()
					.atMost(Duration.ofSeconds(30))
					.untilAsserted(() -> assertThat(processed).hasSize(messages));
				assertThat(recorder.completed).hasSizeLessThan(messages + 50);
				try (PlainClient client = new PlainClient(broker.url())) {
					Flow.eventually().until(() -> client.browse("Load").isEmpty());
					assertThat(client.browse("DLQ.Load")).isEmpty();
					assertThat(client.browse("ActiveMQ.DLQ")).isEmpty();
				}
			});
	}

	private static void publish(MessagePublisher publisher, String text) {
		long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
		while (System.nanoTime() < end) {
			try {
				publisher.publish("orders", text);
				return;
			}
			catch (PublishUncertainException ex) {
				// Sent again; the processor may see it twice.
			}
			catch (PublishException ex) {
				Flow.work(Duration.ofMillis(20));
			}
		}
		throw new IllegalStateException("not published within a minute");
	}

	private static ApplicationContextRunner application() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.default.adapter=activemq",
					"messaging.broker.default.url=" + broker.url(),
					"messaging.broker.default.reconnect.initial-delay=100ms",
					"messaging.broker.default.reconnect.max-delay=500ms", "messaging.listener.redelivery.delay=300ms",
					"messaging.listener.redelivery.jitter=0", "messaging.listener.redelivery.multiplier=1",
					"messaging.destination.orders.queue=Orders", "messaging.destination.clicks.virtual-topic=Clicks",
					"messaging.destination.clicks.groups=a,b");
	}

	private static QueueSample sample(Broker target, String queue) throws Exception {
		try (Connection connection = target.connectionFactory().createConnection()) {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			return target.adapter().inspector(session).inspect(List.of(queue), Duration.ofSeconds(5)).get(0);
		}
	}

	/**
	 * Notes what it is called with.
	 */
	private static final class Recorder {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		private final List<String> completed = new CopyOnWriteArrayList<>();

		private final Consumer<String> step;

		Recorder(Consumer<String> step) {
			this.step = step;
		}

		void handle(String text) {
			this.calls.add(text);
			this.step.accept(text);
			this.completed.add(text);
		}

	}

	/**
	 * Consumes the queue.
	 */
	@Processor
	static class OrdersProcessor {

		private final Recorder recorder;

		OrdersProcessor(Recorder recorder) {
			this.recorder = recorder;
		}

		@SubscribesTo("orders")
		void onMessage(String text) {
			this.recorder.handle(text);
		}

	}

	/**
	 * Consumes the virtual topic.
	 */
	@Processor
	static class ClicksProcessor {

		private final Recorder recorder;

		ClicksProcessor(Recorder recorder) {
			this.recorder = recorder;
		}

		@SubscribesTo(value = "clicks", group = "a")
		void onMessage(String text) {
			this.recorder.handle(text);
		}

	}

}
