package org.activemessaging.broker.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.MessageMove;
import org.activemessaging.contract.RabbitMqUnderTest;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jms.core.JmsTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions, consumers and producers on a node of RabbitMQ of their own.
 */
class RabbitMqSessionIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static RabbitMqUnderTest broker;

	private static com.rabbitmq.client.Connection plain;

	private final RabbitMqAdapter adapter = new RabbitMqAdapter();

	private Channel channel;

	private Connection connection;

	private Address queue;

	@BeforeAll
	static void start() throws Exception {
		broker = new RabbitMqUnderTest(directory);
		broker.start();
		plain = broker.amqp().newConnection("test");
	}

	@AfterAll
	static void stop() {
		if (broker != null) {
			broker.close();
		}
	}

	@BeforeEach
	void connect(TestInfo test) throws Exception {
		this.queue = Address.queue(test.getTestMethod().orElseThrow().getName());
		this.channel = plain.createChannel();
		this.connection = factory(Map.of()).createConnection();
		this.connection.start();
	}

	@AfterEach
	void disconnect() throws Exception {
		this.connection.close();
	}

	@Test
	void whatIsRolledBackComesBeforeWhatWasHandedAhead() throws Exception {
		send(0, 20);
		Session session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 30, null);
		assertThat(receive(consumer, 3)).containsExactly("0", "1", "2");
		session.rollback();
		assertThat(receive(consumer, 2)).containsExactly("0", "1");
		session.rollback();
		assertThat(receive(consumer, 20)).isEqualTo(texts(0, 20));
		session.commit();
		assertThat(consumer.receive(200)).isNull();
	}

	@Test
	void whatWasHandedAheadIsGivenBackWithTheConsumer() throws Exception {
		send(0, 10);
		Session session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 5, null);
		assertThat(receive(consumer, 2)).containsExactly("0", "1");
		session.commit();
		consumer.close();
		MessageConsumer pulling = this.adapter.createConsumer(session, this.queue, 0, null);
		// What was on its way meanwhile is there before what had arrived.
		assertThat(receive(pulling, 8)).containsExactlyInAnyOrderElementsOf(texts(2, 10));
		assertThat(pulling.receiveNoWait()).isNull();
		session.rollback();
		Flow.eventually().until(() -> this.channel.messageCount(this.queue.name()) == 8);
		assertThat(receive(pulling, 8)).containsExactlyInAnyOrderElementsOf(texts(2, 10));
	}

	@Test
	void consumerThatPullsHoldsOnlyWhatItWasGivenAndCanWait() throws Exception {
		send(0, 3);
		Session session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 0, null);
		assertThat(receive(consumer, 1)).containsExactly("0");
		assertThat(this.channel.messageCount(this.queue.name())).isEqualTo(2);
		receive(consumer, 2);
		session.commit();
		assertThat(consumer.receive(100)).isNull();
		Thread later = new Thread(() -> {
			Flow.work(Duration.ofMillis(300));
			try {
				send(3, 5);
			}
			catch (JMSException ex) {
				throw new IllegalStateException(ex);
			}
		}, "later");
		later.start();
		assertThat(((TextMessage) consumer.receive(5000)).getText()).isEqualTo("3");
		later.join();
		assertThat(this.channel.messageCount(this.queue.name())).isEqualTo(1);
	}

	@Test
	void evenMessagesAreAcknowledgedOneByOne() throws Exception {
		send(0, 10);
		Session session = this.connection.createSession(false, this.adapter.individualAcknowledge());
		MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 10, null);
		for (int i = 0; i < 10; i++) {
			Message message = consumer.receive(5000);
			if (i % 2 == 0) {
				message.acknowledge();
			}
		}
		session.close();
		Session next = this.connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
		MessageConsumer odd = this.adapter.createConsumer(next, this.queue, 10, null);
		List<Message> messages = new ArrayList<>();
		for (int i = 1; i < 10; i += 2) {
			TextMessage message = (TextMessage) odd.receive(5000);
			assertThat(message.getText()).isEqualTo(String.valueOf(i));
			assertThat(message.getJMSRedelivered()).isTrue();
			assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
			messages.add(message);
		}
		messages.get(2).acknowledge();
		next.recover();
		assertThat(receive(odd, 2)).containsExactly("7", "9");
	}

	@Test
	void moveIsConfirmedBeforeTheOriginalIsAcknowledged() throws Exception {
		send(0, 2);
		BrokerProfile profile = profile(Map.of());
		org.activemessaging.broker.Broker moving = org.activemessaging.broker.Broker.of(profile, this.adapter);
		Session session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 0, null);
		MessageProducer producer = session.createProducer(null);
		Address target = Address.queue("Target");
		new MessageMove(consumer.receive(5000)).header("moved", 1).to(moving, session, producer, target);
		assertThat(this.channel.messageCount("Target")).isZero();
		this.channel.queueDelete("Target");
		assertThatExceptionOfType(InvalidDestinationException.class).isThrownBy(session::commit);
		session.rollback();
		Flow.eventually().until(() -> this.channel.messageCount(this.queue.name()) == 2);
		new MessageMove(consumer.receive(5000)).header("moved", 2).to(moving, session, producer, target);
		session.commit();
		Flow.eventually().until(() -> this.channel.messageCount(this.queue.name()) == 1);
		GetResponse moved = this.channel.basicGet("Target", true);
		assertThat(new String(moved.getBody(), StandardCharsets.UTF_8)).isEqualTo("0");
		assertThat(moved.getProps().getHeaders()).containsEntry("moved", 2);
	}

	@Test
	void messageThatTheBrokerDoesNotStoreIsAnError() throws Exception {
		this.channel.queueDeclare(this.queue.name(), true, false, false,
				Map.of("x-queue-type", "classic", "x-max-length", 1, "x-overflow", "reject-publish"));
		assertThatExceptionOfType(ResourceAllocationException.class).isThrownBy(() -> send(0, 5))
			.satisfies((failure) -> assertThat(this.adapter.isRefusal(failure)).isTrue());
	}

	@Test
	void messageExpiresInItsQueue() throws Exception {
		Session session = this.connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		MessageProducer producer = session.createProducer(null);
		producer.send(this.adapter.producerDestination(session, this.queue), session.createTextMessage("x"),
				DeliveryMode.PERSISTENT, 4, 100);
		Flow.work(Duration.ofMillis(300));
		assertThat(this.adapter.createConsumer(session, this.queue, 0, null).receiveNoWait()).isNull();
	}

	@Test
	void classicQueueHasPriorities() throws Exception {
		try (Connection classic = factory(Map.of("queue-type", "classic", "max-priority", "9")).createConnection()) {
			classic.start();
			Session session = classic.createSession(false, Session.AUTO_ACKNOWLEDGE);
			MessageProducer producer = session.createProducer(this.adapter.producerDestination(session, this.queue));
			for (int priority : new int[] { 1, 9, 4 }) {
				producer.send(session.createTextMessage("" + priority), DeliveryMode.PERSISTENT, priority, 0);
			}
			assertThat(receive(this.adapter.createConsumer(session, this.queue, 0, null), 3)).containsExactly("9", "4",
					"1");
		}
	}

	@Test
	void groupsKeepTheirOrderWithASingleActiveConsumer() throws Exception {
		try (Connection single = factory(Map.of("single-active-consumer", "true")).createConnection()) {
			single.start();
			Session first = single.createSession(true, Session.SESSION_TRANSACTED);
			Session second = single.createSession(true, Session.SESSION_TRANSACTED);
			MessageConsumer active = this.adapter.createConsumer(first, this.queue, 0, null);
			MessageConsumer waiting = this.adapter.createConsumer(second, this.queue, 0, null);
			send(0, 3);
			assertThat(((TextMessage) active.receive(5000)).getText()).isEqualTo("0");
			assertThat(waiting.receive(300)).isNull();
			first.rollback();
			assertThat(((TextMessage) active.receive(5000)).getText()).isEqualTo("0");
			first.commit();
			assertThat(((TextMessage) active.receiveNoWait()).getText()).isEqualTo("1");
			first.close();
			assertThat(receive(waiting, 1)).containsExactly("1");
			second.commit();
			assertThat(receive(waiting, 1)).containsExactly("2");
		}
	}

	@Test
	void deletedQueueEndsItsConsumer() throws Exception {
		Session session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 5, null);
		this.channel.queueDelete(this.queue.name());
		assertThatExceptionOfType(JMSException.class).isThrownBy(() -> consumer.receive(5000))
			.withMessageContaining("was deleted");
	}

	@Test
	void lossOfTheConnectionIsTold() throws Exception {
		List<JMSException> told = new ArrayList<>();
		this.connection.setExceptionListener(told::add);
		Session session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 5, null);
		MessageConsumer pulling = this.adapter.createConsumer(session, this.queue, 0, null);
		broker.control("[rabbit_networking:close_connection(P, \"cut\") || P <- rabbit_networking:connections()].");
		plain = broker.amqp().newConnection("test");
		assertThatExceptionOfType(JMSException.class).isThrownBy(() -> consumer.receive(5000))
			.satisfies((failure) -> assertThat(this.adapter.isConnectionLost(failure)).isTrue());
		assertThatExceptionOfType(JMSException.class).isThrownBy(pulling::receiveNoWait)
			.satisfies((failure) -> assertThat(this.adapter.isConnectionLost(failure)).isTrue());
		assertThatExceptionOfType(JMSException.class).isThrownBy(session::commit)
			.satisfies((failure) -> assertThat(this.adapter.isConnectionLost(failure)).isTrue());
		Flow.eventually().until(() -> told.size() == 1);
		assertThat(this.adapter.isConnectionLost(told.get(0))).isTrue();
		assertThat(this.adapter.isConnected(this.connection)).isFalse();
	}

	@Test
	void springsTemplateWorks() throws Exception {
		JmsTemplate template = new JmsTemplate(
				org.activemessaging.broker.Broker.of(profile(Map.of()), this.adapter).sharedConnectionFactory());
		template.setReceiveTimeout(5000);
		template.convertAndSend(this.queue.name(), "hello");
		assertThat(template.receiveAndConvert(this.queue.name())).isEqualTo("hello");
		template.setSessionTransacted(true);
		template.convertAndSend(this.queue.name(), "transacted");
		assertThat(template.receiveAndConvert(this.queue.name())).isEqualTo("transacted");
		assertThat(this.channel.messageCount(this.queue.name())).isZero();
	}

	private void send(int from, int to) throws JMSException {
		Session session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageProducer producer = session.createProducer(this.adapter.producerDestination(session, this.queue));
		for (String text : texts(from, to)) {
			producer.send(session.createTextMessage(text));
		}
		session.commit();
		session.close();
	}

	private static List<String> texts(int from, int to) {
		return IntStream.range(from, to).mapToObj(String::valueOf).toList();
	}

	private static List<String> receive(MessageConsumer consumer, int count) throws JMSException {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Message message = consumer.receive(5000);
			assertThat(message).isNotNull();
			texts.add(((TextMessage) message).getText());
		}
		return texts;
	}

	private ConnectionFactory factory(Map<String, String> options) {
		return this.adapter.createConnectionFactory(profile(options));
	}

	private static BrokerProfile profile(Map<String, String> options) {
		Map<String, String> properties = new HashMap<>(broker.properties());
		return new BrokerProfile("default", "voyeur", broker.url(), properties.get("user"), properties.get("password"),
				null, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(5), options);
	}

}
