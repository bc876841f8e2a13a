package org.activemessaging.broker.artemis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the adapter does with an Artemis in a JVM of its own.
 */
class ArtemisIT {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static ArtemisUnderTest broker;

	private final ArtemisAdapter adapter = new ArtemisAdapter();

	private final ArtemisClient client = new ArtemisClient(broker);

	private final Address queue = Address.queue("Q-" + UUID.randomUUID());

	private Connection connection;

	@BeforeAll
	static void start() {
		broker = new ArtemisUnderTest(directory, "scan-millis=50", "address-bytes=300000");
		broker.start();
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@AfterEach
	void close() throws JMSException {
		if (this.connection != null) {
			this.connection.close();
		}
		this.client.close();
	}

	@Test
	void consumerWithoutAPrefetchHoldsNothing() throws JMSException {
		Session session = session(true);
		prepare(session, this.queue);
		this.client.sendNumbers(this.queue.name(), 20);
		try (MessageConsumer slow = this.adapter.createConsumer(session, this.queue, 0, null);
				MessageConsumer fast = this.adapter.createConsumer(session(true), this.queue, 0, null)) {
			assertThat(text(slow.receiveNoWait())).isEqualTo("0");
			for (int i = 1; i < 20; i++) {
				assertThat(text(fast.receive(1000))).isEqualTo(String.valueOf(i));
			}
			assertThat(fast.receiveNoWait()).isNull();
			assertThat(slow.receive(50)).isNull();
		}
	}

	@Test
	void consumerHoldsAboutAsMuchAsItMay() throws JMSException {
		prepare(session(true), this.queue);
		this.client.sendNumbers(this.queue.name(), 100);
		try (MessageConsumer slow = this.adapter.createConsumer(session(true), this.queue, 5, null);
				MessageConsumer fast = this.adapter.createConsumer(session(true), this.queue, 5, null)) {
			assertThat(slow.receive(1000)).isNotNull();
			int received = 0;
			while (fast.receive(200) != null) {
				received++;
			}
			assertThat(received).isGreaterThan(60).isLessThan(100);
		}
	}

	@Test
	void whatIsRolledBackComesAgainAndIsCounted() throws JMSException {
		Session session = session(true);
		prepare(session, this.queue);
		this.client.sendNumbers(this.queue.name(), 3);
		try (MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 0, null)) {
			for (int delivery = 1; delivery <= 12; delivery++) {
				Message message = consumer.receive(1000);
				assertThat(text(message)).isEqualTo("0");
				assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(delivery);
				assertThat(message.getJMSRedelivered()).isEqualTo(delivery > 1);
				session.rollback();
			}
		}
	}

	@Test
	void messagesAreAcknowledgedOneByOne() throws JMSException {
		Session session = connection().createSession(this.adapter.individualAcknowledge());
		prepare(session, this.queue);
		this.client.sendNumbers(this.queue.name(), 4);
		try (MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 10, null)) {
			for (int i = 0; i < 4; i++) {
				Message message = consumer.receive(1000);
				if (i % 2 == 0) {
					message.acknowledge();
				}
			}
		}
		session.close();
		assertThat(this.client.drain(this.queue.name())).containsExactly("1", "3");
	}

	@Test
	void moveTakesEffectAsAWhole() throws JMSException {
		Address target = Address.queue(this.queue.name() + ".moved");
		Session session = session(true);
		prepare(session, this.queue);
		this.client.sendNumbers(this.queue.name(), 1);
		try (MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 0, null);
				MessageProducer producer = session.createProducer(null)) {
			producer.send(this.adapter.producerDestination(session, target), consumer.receive(1000));
			session.rollback();
			assertThat(this.client.depth(target.name())).isZero();
			producer.send(this.adapter.producerDestination(session, target), consumer.receive(1000));
			session.commit();
		}
		assertThat(this.client.depth(this.queue.name())).isZero();
		assertThat(this.client.drain(target.name())).containsExactly("0");
	}

	@Test
	void messageWithAMarkAgainstDuplicatesCanComeBack() throws JMSException {
		Session session = session(true);
		prepare(session, this.queue);
		TextMessage message = this.client.session().createTextMessage("once");
		message.setStringProperty("_AMQ_DUPL_ID", this.queue.name());
		this.client.send(this.queue.name(), message);
		try (MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 0, null);
				MessageProducer producer = session.createProducer(null)) {
			producer.send(this.adapter.producerDestination(session, this.queue), consumer.receive(1000));
			session.commit();
		}
		assertThat(this.client.drain(this.queue.name())).containsExactly("once");
	}

	@Test
	void largeMessageCanBeMovedMoreThanOnce() throws JMSException {
		byte[] body = new byte[250_000];
		body[249_999] = 42;
		Session session = session(true);
		prepare(session, this.queue);
		BytesMessage message = this.client.session().createBytesMessage();
		message.writeBytes(body);
		this.client.send(this.queue.name(), message);
		try (MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 0, null);
				MessageProducer producer = session.createProducer(null)) {
			for (int move = 0; move < 3; move++) {
				producer.send(this.adapter.producerDestination(session, this.queue), consumer.receive(2000));
				session.rollback();
				BytesMessage received = (BytesMessage) consumer.receive(2000);
				assertThat(read(received)).isEqualTo(body);
				producer.send(this.adapter.producerDestination(session, this.queue), received);
				session.commit();
			}
		}
		assertThat(read((BytesMessage) this.adapter.browse(session(false), this.queue, 5).get(0))).isEqualTo(body);
	}

	@Test
	void queueSurvivesItsLastConsumer() throws JMSException {
		Address group = this.adapter.groupQueue(this.queue.name(), "voyeur");
		Session session = session(false);
		prepare(session, group, this.queue);
		for (Address address : List.of(group, this.queue)) {
			this.adapter.createConsumer(session, address, 10, null).close();
		}
		// One made by the broker for a client vanishes at the next look; those do not.
		this.client.sendNumbers(this.queue.name() + ".fleeting", 1);
		this.client.drain(this.queue.name() + ".fleeting");
		Flow.eventually().until(() -> !this.client.queue(this.queue.name() + ".fleeting").isExists());
		assertThat(this.client.queue(group.name()).isExists()).isTrue();
		assertThat(this.client.queue(this.queue.name()).isExists()).isTrue();
		publish(session, this.adapter.virtualTopic(this.queue.name()), "kept");
		assertThat(this.client.depth(group.name())).isOne();
	}

	@Test
	void virtualTopicFeedsEachGroupAndMayHaveNone() throws JMSException {
		Address topic = this.adapter.virtualTopic(this.queue.name());
		Address one = this.adapter.groupQueue(this.queue.name(), "one");
		Address two = this.adapter.groupQueue(this.queue.name(), "two");
		Session session = session(false);
		publish(session, topic, "nobody listens");
		prepare(session, one, two);
		prepare(session, one, two);
		publish(session, topic, "a");
		publish(session, one, "only for one");
		assertThat(this.client.queue(one.name()).getAddress().toString())
			.isEqualTo("VirtualTopic." + this.queue.name());
		assertThat(texts(this.adapter.browse(session, one, 10))).containsExactly("a", "only for one");
		assertThat(texts(this.adapter.browse(session, two, 10))).containsExactly("a");
		try (MessageConsumer consumer = this.adapter.createConsumer(session, one, 10, null)) {
			assertThat(text(consumer.receive(1000))).isEqualTo("a");
			assertThat(text(consumer.receive(1000))).isEqualTo("only for one");
		}
	}

	// The broker remembers for each session where the last message went.
	@Test
	void queueOfATopicIsReachedAlone() throws JMSException {
		Address topic = this.adapter.virtualTopic(this.queue.name());
		Address one = this.adapter.groupQueue(this.queue.name(), "one");
		Address two = this.adapter.groupQueue(this.queue.name(), "two");
		for (boolean transacted : new boolean[] { false, true }) {
			Session session = session(transacted);
			prepare(session, one);
			publish(session, one, "1");
			publish(session, topic, "t");
			prepare(session, two);
			publish(session, topic, "t");
			publish(session, one, "1");
			publish(session, two, "2");
			publish(session, one, "1");
			publish(session, topic, "t");
			publish(session, topic, "t");
			publish(session, two, "2");
			if (transacted) {
				session.commit();
			}
			assertThat(this.client.drain("VirtualTopic." + this.queue.name() + "::" + one.name())).containsExactly("1",
					"t", "t", "1", "1", "t", "t");
			assertThat(this.client.drain("VirtualTopic." + this.queue.name() + "::" + two.name()))
				.containsExactlyElementsOf(
						transacted ? List.of("t", "t", "2", "t", "t", "2") : List.of("t", "2", "t", "t", "2"));
		}
	}

	@Test
	void plainTopicReachesWhoListens() throws JMSException {
		Address topic = Address.topic(this.queue.name());
		Session session = session(false);
		publish(session, topic, "nobody listens");
		try (MessageConsumer one = this.adapter.createConsumer(session(false), topic, 10, null);
				MessageConsumer two = this.adapter.createConsumer(session(false), topic, 10, null)) {
			publish(session, topic, "news");
			assertThat(text(one.receive(1000))).isEqualTo("news");
			assertThat(text(two.receive(1000))).isEqualTo("news");
		}
	}

	@Test
	void selectorChooses() throws JMSException {
		Session session = session(false);
		prepare(session, this.queue);
		for (int i = 0; i < 4; i++) {
			TextMessage message = this.client.session().createTextMessage(String.valueOf(i));
			message.setIntProperty("number", i);
			message.setJMSCorrelationID("c" + i);
			this.client.send(this.queue.name(), message);
		}
		try (MessageConsumer consumer = this.adapter.createConsumer(session, this.queue, 10,
				"number > 1 AND JMSCorrelationID <> 'c3'")) {
			assertThat(text(consumer.receive(1000))).isEqualTo("2");
			assertThat(consumer.receiveNoWait()).isNull();
		}
		assertThatExceptionOfType(InvalidSelectorException.class)
			.isThrownBy(() -> this.adapter.createConsumer(session, this.queue, 1, "number >"));
	}

	@Test
	void addressThatIsSomethingElseIsRefused() throws Exception {
		String name = this.queue.name();
		this.client.create(QueueConfiguration.of("Consumer.g.VirtualTopic." + name)
			.setAddress("VirtualTopic." + name)
			.setRoutingType(RoutingType.ANYCAST));
		this.client.create(QueueConfiguration.of(name).setAddress(name + ".other").setRoutingType(RoutingType.ANYCAST));
		Session session = session(false);
		assertThatExceptionOfType(InvalidDestinationException.class)
			.isThrownBy(() -> publish(session, this.adapter.virtualTopic(name), "x"))
			.withMessageContaining("without the routing type MULTICAST");
		assertThatExceptionOfType(InvalidDestinationException.class)
			.isThrownBy(() -> prepare(session, this.adapter.groupQueue(name, "other")))
			.withMessageContaining("without the routing type MULTICAST");
		assertThatExceptionOfType(InvalidDestinationException.class)
			.isThrownBy(() -> prepare(session, this.adapter.groupQueue(name, "g")))
			.withMessageContaining("routing type ANYCAST instead of MULTICAST");
		assertThatExceptionOfType(InvalidDestinationException.class).isThrownBy(() -> prepare(session, this.queue))
			.withMessageContaining("at address '" + name + ".other'");
	}

	@Test
	void numbersOfAQueueNeedNoPermission() throws Exception {
		prepare(session(false), this.queue);
		this.client.sendNumbers(this.queue.name(), 7);
		this.client.create(QueueConfiguration.of(this.queue.name() + ".fleeting")
			.setRoutingType(RoutingType.ANYCAST)
			.setAutoDelete(true));
		try (Connection other = connect(broker.propertiesWithoutPermission(this.queue.name()));
				Connection ours = connect(broker.properties())) {
			other.start();
			ours.start();
			QueueInspector blind = this.adapter.inspector(other.createSession());
			QueueInspector inspector = this.adapter.inspector(ours.createSession());
			Collection<String> queues = List.of(this.queue.name(), this.queue.name() + ".fleeting", "NoSuchQueue");
			for (int look = 0; look < 2; look++) {
				QueueSample sample = blind.inspect(queues, Duration.ofSeconds(5)).get(0);
				assertThat(sample.depth()).isEqualTo(7);
				assertThat(sample.oldestAge()).isNull();
			}
			List<QueueSample> samples = inspector.inspect(queues, Duration.ofSeconds(5));
			assertThat(samples).extracting(QueueSample::depth).containsExactly(7L, 0L, 0L);
			assertThat(samples.get(0).oldestAge()).isLessThan(Duration.ofSeconds(20));
			assertThat(inspector.warnings()).singleElement()
				.asString()
				.contains("'" + this.queue.name() + ".fleeting'")
				.contains("'auto-delete'");
			assertThat(inspector.inspect(queues, Duration.ZERO)).extracting(QueueSample::depth).containsOnlyNulls();
		}
		assertThat(this.client.queue("NoSuchQueue").isExists()).isFalse();
	}

	@Test
	void messagesAreLookedAtAndRemoved() throws JMSException {
		Session session = session(false);
		assertThat(this.adapter.browse(session, this.queue, 5)).isEmpty();
		assertThat(this.client.queue(this.queue.name()).isExists()).isFalse();
		prepare(session, this.queue);
		this.client.sendNumbers(this.queue.name(), 250);
		assertThat(texts(this.adapter.browse(session, this.queue, 3))).containsExactly("0", "1", "2");
		assertThat(this.adapter.browse(session, this.queue, 1000)).hasSize(250);
		assertThat(this.adapter.purge(this.connection, this.queue, Duration.ofSeconds(10))).isEqualTo(250);
		assertThat(this.client.depth(this.queue.name())).isZero();
	}

	@Test
	void strangerIsRefused() {
		assertThatExceptionOfType(JMSSecurityException.class).isThrownBy(() -> connect(broker.propertiesOfAStranger()))
			.satisfies((ex) -> assertThat(this.adapter.isRefusal(ex)).isTrue());
	}

	@Test
	void whoLacksAPermissionIsToldAndGoesOnWhereItIsNotNeeded() throws JMSException {
		Session session = session(false);
		prepare(session, this.queue);
		try (Connection connection = connect(broker.propertiesWithoutPermission(this.queue.name()))) {
			connection.start();
			Session other = connection.createSession();
			assertThatExceptionOfType(JMSSecurityException.class).isThrownBy(() -> publish(other, this.queue, "x"))
				.satisfies((ex) -> assertThat(this.adapter.isRefusal(ex)).isTrue());
			assertThatExceptionOfType(JMSSecurityException.class)
				.isThrownBy(() -> this.adapter.createConsumer(other, this.queue, 0, null))
				.satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).isFalse());
			Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
			assertThatExceptionOfType(JMSException.class).isThrownBy(() -> {
				publish(transacted, this.queue, "x");
				transacted.commit();
			}).satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).isFalse());
			transacted.rollback();
			publish(other, Address.queue(this.queue.name() + ".other"), "x");
		}
		try (Connection connection = connect(ArtemisUnderTest.credentials("guest"))) {
			connection.start();
			Session guest = connection.createSession();
			prepare(guest, this.queue);
			publish(guest, this.queue, "of a guest");
			assertThatExceptionOfType(JMSSecurityException.class)
				.isThrownBy(() -> prepare(guest, Address.queue(this.queue.name() + ".new")))
				.withMessageContaining("CREATE_DURABLE_QUEUE");
		}
		assertThat(this.client.drain(this.queue.name())).containsExactly("of a guest");
	}

	@Test
	void fullAddressIsSaidToBeFullAndTakesAgainWhatFits() throws JMSException {
		Session session = session(false);
		prepare(session, this.queue);
		String text = "x".repeat(20_000);
		assertThatExceptionOfType(ResourceAllocationException.class).isThrownBy(() -> {
			for (int i = 0; i < 100; i++) {
				publish(session, this.queue, text);
			}
		}).satisfies((ex) -> assertThat(this.adapter.isRefusal(ex)).isTrue());
		assertThat(this.adapter.purge(this.connection, this.queue, Duration.ofSeconds(10))).isPositive();
		publish(session, this.queue, "small");
		assertThat(this.client.drain(this.queue.name())).containsExactly("small");
	}

	@Test
	void queueThatAnOperatorDeletedIsMadeAgain() throws Exception {
		Session session = session(false);
		prepare(session, this.queue);
		this.adapter.createConsumer(session, this.queue, 0, null).close();
		this.client.delete(this.queue.name());
		assertThatExceptionOfType(InvalidDestinationException.class)
			.isThrownBy(() -> this.adapter.createConsumer(session, this.queue, 0, null));
		this.adapter.createConsumer(session, this.queue, 0, null).close();
		assertThat(this.client.queue(this.queue.name()).isExists()).isTrue();
	}

	@Test
	void hostsOfAListAreTriedOneAfterTheOther() throws JMSException {
		for (String options : new String[] { "", "?ha=true" }) {
			String url = "(tcp://localhost:" + BrokerProcess.freePort() + "," + broker.url() + ")" + options;
			assertThat(this.adapter.understands(url)).isTrue();
			for (int round = 0; round < 3; round++) {
				try (Connection connection = connect(url, broker.properties())) {
					connection.start();
					prepare(connection.createSession(), this.queue);
				}
			}
		}
	}

	private Connection connection() throws JMSException {
		if (this.connection == null) {
			this.connection = connect(broker.properties());
			this.connection.start();
		}
		return this.connection;
	}

	private Connection connect(Map<String, String> credentials) throws JMSException {
		return connect(broker.url(), credentials);
	}

	private Connection connect(String url, Map<String, String> credentials) throws JMSException {
		return this.adapter
			.createConnectionFactory(
					new BrokerProfile("test", "voyeur", url, credentials.get("user"), credentials.get("password"), null,
							Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5), Map.of()))
			.createConnection();
	}

	private Session session(boolean transacted) throws JMSException {
		return connection().createSession(transacted,
				transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE);
	}

	private void prepare(Session session, Address... queues) throws JMSException {
		this.adapter.prepare(session, List.of(queues));
	}

	private void publish(Session session, Address address, String text) throws JMSException {
		Destination destination = this.adapter.producerDestination(session, address);
		try (MessageProducer producer = session.createProducer(null)) {
			producer.send(destination, session.createTextMessage(text));
		}
	}

	private static List<String> texts(List<Message> messages) throws JMSException {
		List<String> texts = new ArrayList<>();
		for (Message message : messages) {
			texts.add(text(message));
		}
		return texts;
	}

	private static String text(Message message) throws JMSException {
		return ((TextMessage) message).getText();
	}

	private static byte[] read(BytesMessage message) throws JMSException {
		byte[] bytes = new byte[(int) message.getBodyLength()];
		message.readBytes(bytes);
		return bytes;
	}

}
