package org.activemessaging.broker.jms;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.PublishException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.contract.QpidUnderTest;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The flows over AMQP 1.0: Qpid JMS against Artemis, by nothing but Jakarta Messaging.
 */
class QpidFlowIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static QpidUnderTest broker;

	@BeforeAll
	static void start() {
		broker = new QpidUnderTest(directory);
		broker.start();
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Test
	void failedMessageIsRedeliveredAtOnceThenLaterThenGivenUpWithItsCause() {
		Recorder recorder = new Recorder((message) -> {
			if (!message.equals("good")) {
				throw new IllegalStateException("because of " + message);
			}
		});
		application("Failing", recorder)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				publisher.to("orders").header("color", "blue").publish("bad");
				publisher.publish("orders", "good");
				Flow.eventually().until(() -> browse("DLQ.Failing").size() == 1);
				assertThat(Collections.frequency(recorder.calls, "bad")).isEqualTo(4);
				assertThat(recorder.completed).containsExactly("good");
				Message letter = browse("DLQ.Failing").get(0);
				assertThat(letter.getBody(String.class)).isEqualTo("bad");
				assertThat(letter.getStringProperty("color")).isEqualTo("blue");
				assertThat(letter.getStringProperty("am_exception_message")).isEqualTo("because of bad");
				assertThat(letter.getStringProperty("am_orig_address")).contains("Failing");
				assertThat(browse("Failing")).isEmpty();
			});
	}

	@Test
	void whatFailedTriesPublishedIsForgotten() {
		AtomicInteger tries = new AtomicInteger();
		application("Chained", null).withBean(AtomicInteger.class, () -> tries)
			.withBean("chain", Chain.class)
			.withPropertyValues("messaging.destination.results.queue=Results")
			.run((context) -> {
				context.getBean(MessagePublisher.class).publish("orders", "x");
				Flow.eventually().until(() -> browse("Results").size() == 1);
				Flow.throughout(Duration.ofMillis(300)).until(() -> browse("Results").size() == 1);
				assertThat(tries).hasValue(3);
				assertThat(browse("Chained")).isEmpty();
			});
	}

	@Test
	void messagesAreAcknowledgedOneByOne() {
		Recorder recorder = new Recorder((message) -> {
		});
		application("Single", recorder).withPropertyValues("messaging.listener.acknowledge=client").run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int i = 0; i < 20; i++) {
				publisher.publish("orders", String.valueOf(i));
			}
			Flow.eventually().until(() -> recorder.completed.size() == 20);
			Flow.eventually().until(() -> browse("Single").isEmpty());
		});
	}

	@Test
	void virtualTopicIsCopiedToGroupsAndSharedInsideThem() {
		broker.provide("Clicks", "a");
		broker.provide("Clicks", "b");
		AtomicInteger failures = new AtomicInteger(1);
		Recorder recorder = new Recorder((message) -> {
			if (message.equals("3") && failures.getAndDecrement() > 0) {
				throw new IllegalStateException("not yet");
			}
		});
		application("Unused", null).withBean("a", GroupA.class, () -> new GroupA(recorder))
			.withPropertyValues("messaging.destination.clicks.virtual-topic=Clicks",
					"messaging.destination.clicks.groups=a,b", "messaging.listener.concurrency=2",
					"messaging.listener.redelivery.immediate=0", "messaging.listener.redelivery.delayed=2")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 10; i++) {
					publisher.publish("clicks", String.valueOf(i));
				}
				// Message 3 comes back from its delay to group a alone.
				Flow.eventually().untilAsserted(() -> assertThat(recorder.completed).hasSize(10));
				assertThat(recorder.calls).hasSize(11);
				assertThat(new HashSet<>(recorder.completed)).hasSize(10);
				assertThat(browse("Consumer.b.VirtualTopic.Clicks")).hasSize(10);
				assertThat(browse("Consumer.a.VirtualTopic.Clicks")).isEmpty();
				QueueSample sample = sample(context.getBean(Brokers.class).get("default"),
						"Consumer.b.VirtualTopic.Clicks");
				assertThat(sample.depth()).isEqualTo(10);
				assertThat(sample.exact()).isTrue();
				assertThat(sample.oldestAge()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
			});
	}

	@Test
	void consumerIsHandedNoMoreThanItAsksFor() throws Exception {
		try (Connection connection = factory().createConnection()) {
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			session.createProducer(session.createQueue("Paced")).send(session.createTextMessage("1"));
			session.createProducer(session.createQueue("Paced")).send(session.createTextMessage("2"));
			session.commit();
			broker.adapter().createConsumer(session, Address.queue("Paced"), 0, null);
			Session other = connection.createSession(true, Session.SESSION_TRANSACTED);
			var taker = broker.adapter().createConsumer(other, Address.queue("Paced"), 10, null);
			assertThat(taker.receive(5000).getBody(String.class)).isEqualTo("1");
			assertThat(taker.receive(5000).getBody(String.class)).isEqualTo("2");
			assertThat(taker.receiveNoWait()).isNull();
		}
	}

	@Test
	void missingPermissionIsARefusal() {
		application("Allowed", null, broker.propertiesWithoutPermission("Forbidden"))
			.withPropertyValues("messaging.destination.forbidden.queue=Forbidden")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				assertThatExceptionOfType(PublishRefusedException.class)
					.isThrownBy(() -> publisher.publish("forbidden", "x"));
				publisher.publish("orders", "x");
				assertThat(browse("Allowed")).hasSize(1);
			});
	}

	@Test
	void strangerIsRefusedInTime() {
		application("Strange", null, broker.propertiesOfAStranger())
			.withPropertyValues("messaging.broker.default.publisher.timeout=3s")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				long startedAt = System.nanoTime();
				assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish("orders", "x"));
				assertThat(Flow.since(startedAt)).isLessThan(Duration.ofSeconds(6));
			});
	}

	private static ApplicationContextRunner application(String queue, Recorder recorder) {
		return application(queue, recorder, broker.properties());
	}

	private static ApplicationContextRunner application(String queue, Recorder recorder,
			Map<String, String> properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.default.url=" + broker.url(),
					"messaging.broker.default.reconnect.initial-delay=100ms",
					"messaging.broker.default.reconnect.max-delay=500ms", "messaging.listener.redelivery.delay=300ms",
					"messaging.listener.redelivery.jitter=0", "messaging.listener.redelivery.multiplier=1",
					"messaging.operations.sample-interval=500ms", "messaging.destination.orders.queue=" + queue)
			.withPropertyValues(properties.entrySet()
				.stream()
				.map((entry) -> "messaging.broker.default." + entry.getKey() + "=" + entry.getValue())
				.toArray(String[]::new));
		return (recorder != null)
				? runner.withBean("recorder", OrdersProcessor.class, () -> new OrdersProcessor(recorder)) : runner;
	}

	private static ConnectionFactory factory() {
		Map<String, String> properties = broker.properties();
		return broker.adapter()
			.createConnectionFactory(new BrokerProfile("default", "voyeur", broker.url(), properties.get("user"),
					properties.get("password"), null, Duration.ofSeconds(1), Duration.ofSeconds(1),
					Duration.ofSeconds(5), Map.of()));
	}

	private static QueueSample sample(Broker target, String queue) throws Exception {
		try (Connection connection = target.connectionFactory().createConnection()) {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			return target.adapter().inspector(session).inspect(List.of(queue), Duration.ofSeconds(5)).get(0);
		}
	}

	private static List<Message> browse(String queue) {
		List<Message> messages = new ArrayList<>();
		try (Connection connection = broker.connect()) {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
				Enumeration<?> enumeration = browser.getEnumeration();
				while (enumeration.hasMoreElements()) {
					messages.add((Message) enumeration.nextElement());
				}
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return messages;
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

		void handle(String message) {
			this.calls.add(message);
			this.step.accept(message);
			this.completed.add(message);
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
		void onMessage(String message) {
			this.recorder.handle(message);
		}

	}

	/**
	 * Consumes the virtual topic.
	 */
	@Processor
	static class GroupA {

		private final Recorder recorder;

		GroupA(Recorder recorder) {
			this.recorder = recorder;
		}

		@SubscribesTo(value = "clicks", group = "a")
		void onMessage(String message) {
			this.recorder.handle(message);
		}

	}

	/**
	 * Publishes, and fails twice after that.
	 */
	@Processor
	static class Chain {

		private final AtomicInteger tries;

		private final MessagePublisher publisher;

		Chain(AtomicInteger tries, MessagePublisher publisher) {
			this.tries = tries;
			this.publisher = publisher;
		}

		@SubscribesTo("orders")
		void onMessage(String message) {
			this.publisher.publish("results", message);
			if (this.tries.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
		}

	}

}
