package org.activemessaging.broker.stomp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.contract.StompUnderTest;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What holds on every broker behind STOMP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StompScenarios {

	private static final AtomicInteger next = new AtomicInteger();

	private final StompAdapter adapter = new StompAdapter();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private StompUnderTest broker;

	abstract StompUnderTest create(Path directory);

	@BeforeAll
	void start() {
		this.broker = create(directory);
		this.broker.start();
	}

	@AfterAll
	void stop() {
		this.broker.close();
	}

	StompUnderTest broker() {
		return this.broker;
	}

	@Test
	void textAndBytesArriveAsTheyWere() {
		String large = "ü€😀".repeat(100_000);
		Recorder recorder = new Recorder((message) -> {
		});
		application(recorder).run((context) -> {
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			publisher.publish("orders", "text ü€😀\r\n\0end");
			publisher.publish("orders", "");
			publisher.publish("orders", new byte[] { 0, 1, -1, 10, 0 });
			publisher.publish("orders", large);
			Flow.eventually().until(() -> recorder.messages.size() == 4);
			assertThat(recorder.payloads()).contains("text ü€😀\r\n\0end", "", large);
			assertThat(recorder.messages)
				.anySatisfy((message) -> assertThat(message.getPayload()).isEqualTo(new byte[] { 0, 1, -1, 10, 0 }));
		});
	}

	@Test
	void headersArriveAsTheyWere() {
		Recorder recorder = new Recorder((message) -> {
		});
		application(recorder).run((context) -> {
			context.getBean(MessagePublisher.class)
				.to("orders")
				.header("odd", " a:b\\c\\n=,; ü€ ")
				.header("empty", "")
				.header("count", 42L)
				.header("small", (short) 7)
				.header("flag", true)
				.header("ratio", 1.5)
				.header("destination", "/queue/elsewhere")
				.header("type", "kind")
				.header("receipt", "none")
				.header("correlation-id", "c:1")
				.header("JMSXGroupID", "g:1")
				.header("priority", 7)
				.publish("text");
			Flow.eventually().until(() -> recorder.messages.size() == 1);
			assertThat(recorder.messages.get(0).getHeaders()).containsEntry("odd", " a:b\\c\\n=,; ü€ ")
				.containsEntry("empty", "")
				.containsEntry("count", 42L)
				.containsEntry("small", (short) 7)
				.containsEntry("flag", true)
				.containsEntry("ratio", 1.5)
				.containsEntry("destination", "/queue/elsewhere")
				.containsEntry("type", "kind")
				.containsEntry("receipt", "none")
				.containsEntry("jms_correlationId", "c:1")
				.containsEntry("JMSXGroupID", "g:1")
				.containsEntry("jms_priority", 7);
		});
	}

	@Test
	void failureIsTriedAgainLaterAndThenGivenUp() {
		Recorder recorder = new Recorder((message) -> {
			throw new IllegalStateException("no: way");
		});
		application(recorder)
			.withPropertyValues("messaging.listener.redelivery.immediate=1", "messaging.listener.redelivery.delayed=1",
					"messaging.listener.redelivery.delay=1s")
			.run((context) -> {
				String queue = context.getEnvironment().getProperty("messaging.destination.orders.queue");
				context.getBean(MessagePublisher.class).to("orders").header("k", "v").publish("text");
				jakarta.jms.Message letter = receive("DLQ." + queue);
				assertThat(recorder.messages).hasSize(4);
				assertThat(((TextMessage) letter).getText()).isEqualTo("text");
				assertThat(letter.getStringProperty("k")).isEqualTo("v");
				assertThat(letter.getObjectProperty("am_attempt")).isEqualTo(4);
				assertThat(letter.getStringProperty("am_exception_message")).isEqualTo("no: way");
				assertThat(letter.getStringProperty("am_failure_kind")).isEqualTo("handler");
			});
	}

	@Test
	void groupsOfAVirtualTopicEachGetWhatIsPublished() {
		String topic = "Click" + next.incrementAndGet();
		Recorder recorder = new Recorder((message) -> {
			if (message.getPayload().equals("fails once") && !message.getHeaders().containsKey("am_attempt")) {
				throw new IllegalStateException("once");
			}
		});
		application(recorder, "virtual-topic=" + topic)
			.withPropertyValues("messaging.group=voyeur", "messaging.destination.orders.groups=voyeur,billing",
					"messaging.listener.redelivery.immediate=0", "messaging.listener.concurrency=2",
					"messaging.listener.redelivery.delay=100ms")
			.run((context) -> {
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int i = 0; i < 20; i++) {
					publisher.publish("orders", String.valueOf(i));
				}
				publisher.publish("orders", "fails once");
				Flow.eventually().untilAsserted(() -> assertThat(recorder.payloads()).hasSize(22));
				assertThat(new TreeSet<>(recorder.payloads())).hasSize(21);
			});
		List<String> kept = new ArrayList<>();
		onSession(Session.AUTO_ACKNOWLEDGE, (session) -> {
			MessageConsumer consumer = this.adapter.createConsumer(session, this.adapter.groupQueue(topic, "billing"),
					10, null);
			for (int i = 0; i < 21; i++) {
				kept.add(((TextMessage) consumer.receive(5000)).getText());
			}
			assertThat(consumer.receive(200)).isNull();
		});
		assertThat(new TreeSet<>(kept)).hasSize(21);
	}

	@Test
	void topicReachesEverybody() {
		Address topic = Address.topic("News" + next.incrementAndGet());
		onSession(Session.AUTO_ACKNOWLEDGE, (session) -> {
			MessageConsumer first = this.adapter.createConsumer(session, topic, 10, null);
			MessageConsumer second = this.adapter.createConsumer(session, topic, 10, null);
			send(session, topic, "news");
			assertThat(first.receive(5000)).isNotNull();
			assertThat(second.receive(5000)).isNotNull();
		});
	}

	@Test
	void rolledBackMessagesAreReceivedAgainInOrder() {
		Address queue = queue();
		onSession(Session.SESSION_TRANSACTED, (session) -> {
			send(session, queue, "a", "b", "c");
			session.commit();
			MessageConsumer consumer = this.adapter.createConsumer(session, queue, 10, null);
			assertThat(texts(consumer, 3)).containsExactly("a", "b", "c");
			send(session, queue, "not sent");
			session.rollback();
			TextMessage again = (TextMessage) consumer.receive(5000);
			assertThat(again.getText()).isEqualTo("a");
			assertThat(again.getJMSRedelivered()).isTrue();
			assertThat(again.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
			assertThat(texts(consumer, 2)).containsExactly("b", "c");
			session.commit();
			assertThat(consumer.receive(200)).isNull();
		});
	}

	@Test
	void whatIsNotAcknowledgedGoesBackWhenTheSessionCloses() {
		Address queue = queue();
		onSession(StompSession.INDIVIDUAL_ACKNOWLEDGE, (session) -> {
			send(session, queue, "0", "1", "2", "3", "4", "5");
			MessageConsumer consumer = this.adapter.createConsumer(session, queue, 10, null);
			for (int i = 0; i < 4; i++) {
				jakarta.jms.Message message = consumer.receive(5000);
				if (i % 2 == 0) {
					message.acknowledge();
				}
			}
		});
		onSession(Session.SESSION_TRANSACTED, (session) -> {
			MessageConsumer consumer = this.adapter.createConsumer(session, queue, 10, null);
			assertThat(texts(consumer, 4)).containsExactlyInAnyOrder("1", "3", "4", "5");
			session.commit();
			assertThat(consumer.receive(200)).isNull();
		});
	}

	@Test
	void consumerThatClosesGivesBackWhatItWasHandedAhead() {
		Address queue = queue();
		onSession(Session.SESSION_TRANSACTED, (session) -> {
			send(session, queue, "0", "1", "2", "3");
			session.commit();
			MessageConsumer ahead = this.adapter.createConsumer(session, queue, 10, null);
			assertThat(texts(ahead, 1)).containsExactly("0");
			ahead.close();
			session.commit();
			MessageConsumer consumer = this.adapter.createConsumer(session, queue, 1, null);
			List<String> texts = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				texts.addAll(texts(consumer, 1));
				session.commit();
			}
			assertThat(texts).containsExactlyInAnyOrder("1", "2", "3");
			assertThat(consumer.receive(200)).isNull();
		});
	}

	@Test
	void transactionMovesOnceOrNotAtAll() {
		Address from = queue();
		Address to = queue();
		onSession(Session.SESSION_TRANSACTED, (session) -> {
			send(session, from, "moved");
			session.commit();
			MessageConsumer consumer = this.adapter.createConsumer(session, from, 1, null);
			texts(consumer, 1);
			send(session, to, "copy of a try that ends with its connection");
		});
		onSession(Session.SESSION_TRANSACTED, (session) -> {
			MessageConsumer source = this.adapter.createConsumer(session, from, 1, null);
			assertThat(texts(source, 1)).containsExactly("moved");
			send(session, to, "copy", "copy");
			session.commit();
			MessageConsumer target = this.adapter.createConsumer(session, to, 10, null);
			assertThat(texts(target, 2)).containsExactly("copy", "copy");
			session.commit();
			assertThat(source.receive(100)).isNull();
			assertThat(target.receive(100)).isNull();
		});
	}

	@Test
	void whoMayNotConnectIsToldSo() {
		Map<String, String> stranger = this.broker.propertiesOfAStranger();
		if (stranger != null) {
			assertThatExceptionOfType(JMSSecurityException.class).isThrownBy(() -> factory(stranger).createConnection())
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("xyzzy-"));
		}
	}

	@Test
	void whatIsReceivedStaysIfItMayNotBeMoved() throws JMSException {
		Address from = queue();
		Address forbidden = queue();
		onSession(Session.AUTO_ACKNOWLEDGE, (session) -> send(session, forbidden, "not ours"));
		Map<String, String> properties = this.broker.propertiesWithoutPermission(forbidden.name());
		if (properties == null) {
			return;
		}
		try (Connection connection = factory(properties).createConnection()) {
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			send(session, from, "text");
			session.commit();
			MessageConsumer consumer = this.adapter.createConsumer(session, from, 10, null);
			texts(consumer, 1);
			send(session, from, "copy");
			send(session, forbidden, "copy");
			JMSException refusal = catchThrowableOfType(JMSException.class, session::commit);
			assertThat(this.adapter.isRefusal(refusal)).isTrue();
			assertThat(refusal.getMessage()).doesNotContain("am_");
			session.rollback();
			// What was sent before the refusal is there, as nothing can take it back.
			assertThat(texts(consumer, this.broker.dialect().equals("activemq") ? 1 : 2)).contains("text");
			session.commit();
			// Artemis does not say why.
			assertThatExceptionOfType(
					this.broker.dialect().equals("artemis") ? JMSException.class : JMSSecurityException.class)
				.isThrownBy(() -> this.adapter.createConsumer(session, forbidden, 10, null));
		}
	}

	@Test
	void strangerSendsTextAndBytes() {
		Recorder recorder = new Recorder((message) -> {
		});
		application(recorder).run((context) -> {
			String queue = context.getEnvironment().getProperty("messaging.destination.orders.queue");
			String destination = this.broker.dialect().equals("artemis") ? queue + "\ndestination-type:ANYCAST"
					: "/queue/" + queue;
			Map<String, String> properties = this.broker.properties();
			String login = properties.containsKey("user")
					? "login:" + properties.get("user") + "\npasscode:" + properties.get("password") + "\n" : "";
			try (Socket socket = new Socket("localhost", this.broker.port())) {
				socket.setSoTimeout(10_000);
				write(socket, "CONNECT\n" + login + "\n\0");
				write(socket, "SEND\ndestination:" + destination + "\npersistent:true\ncontent-type:nonsense\n"
						+ "my-dash:x\n\ntext ü\0");
				write(socket, "SEND\ndestination:" + destination + "\npersistent:true\ncontent-length:3\nreceipt:1"
						+ "\n\na\0b\0");
				InputStream in = socket.getInputStream();
				StringBuilder answer = new StringBuilder();
				while (answer.indexOf("RECEIPT") < 0) {
					answer.append((char) in.read());
				}
			}
			Flow.eventually().until(() -> recorder.messages.size() == 2);
			assertThat(recorder.payloads()).containsExactlyInAnyOrder("text ü", "a\0b");
		});
	}

	ApplicationContextRunner application(Object processor) {
		return application(processor, "queue=" + queue().name());
	}

	private ApplicationContextRunner application(Object processor, String destination) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withBean("recorder", Object.class, () -> processor)
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.default.url=" + this.broker.url(),
					"messaging.broker.default.reconnect.initial-delay=100ms",
					"messaging.broker.default.reconnect.max-delay=500ms", "messaging.listener.redelivery.jitter=0",
					"messaging.listener.brake.failures=1000000", "messaging.destination.orders." + destination)
			.withPropertyValues(this.broker.properties()
				.entrySet()
				.stream()
				.map((entry) -> "messaging.broker.default." + entry.getKey() + "=" + entry.getValue())
				.toArray(String[]::new));
	}

	static Address queue() {
		return Address.queue("Orders" + next.incrementAndGet());
	}

	private jakarta.jms.Message receive(String queue) {
		List<jakarta.jms.Message> received = new ArrayList<>();
		onSession(Session.AUTO_ACKNOWLEDGE, (session) -> received
			.add(this.adapter.createConsumer(session, Address.queue(queue), 1, null).receive(15_000)));
		return received.get(0);
	}

	void onSession(int mode, Use use) {
		try (Connection connection = factory(this.broker.properties()).createConnection()) {
			connection.start();
			Session session = connection.createSession(mode);
			use.of(session);
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	ConnectionFactory factory(Map<String, String> properties) {
		Map<String, String> options = new HashMap<>();
		properties.forEach((name, value) -> {
			if (name.startsWith("properties.")) {
				options.put(name.substring("properties.".length()), value);
			}
		});
		return this.adapter.createConnectionFactory(new BrokerProfile("default", "voyeur", this.broker.url(),
				properties.get("user"), properties.get("password"), null, Duration.ofMillis(100), Duration.ofSeconds(1),
				Duration.ofSeconds(10), options));
	}

	StompAdapter adapter() {
		return this.adapter;
	}

	void send(Session session, Address address, String... texts) throws JMSException {
		for (String text : texts) {
			session.createProducer(null)
				.send(this.adapter.producerDestination(session, address), session.createTextMessage(text));
		}
	}

	static List<String> texts(MessageConsumer consumer, int count) throws JMSException {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			jakarta.jms.Message message = consumer.receive(5000);
			assertThat(message).as("message %d", i).isNotNull();
			texts.add((message instanceof BytesMessage bytes) ? "bytes " + bytes.getBodyLength()
					: ((TextMessage) message).getText());
		}
		return texts;
	}

	private static void write(Socket socket, String frame) throws IOException {
		socket.getOutputStream().write(frame.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
	}

	/**
	 * Uses a session.
	 */
	@FunctionalInterface
	interface Use {

		void of(Session session) throws JMSException;

	}

	/**
	 * Does what a test wants with a message.
	 */
	@FunctionalInterface
	interface Step {

		void run(Message<?> message);

	}

	/**
	 * A processor that keeps what it was given.
	 */
	@Processor
	static final class Recorder {

		private final List<Message<?>> messages = new CopyOnWriteArrayList<>();

		private final Step step;

		Recorder(Step step) {
			this.step = step;
		}

		@SubscribesTo(value = "orders", id = "recorder")
		void onMessage(Message<?> message) {
			this.messages.add(message);
			this.step.run(message);
		}

		List<String> payloads() {
			return this.messages.stream()
				.map((message) -> (message.getPayload() instanceof byte[] bytes)
						? new String(bytes, StandardCharsets.UTF_8) : message.getPayload().toString())
				.toList();
		}

	}

}
