package org.activemessaging.broker.artemis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application is told when Artemis does not answer, and how soon.
 */
class ArtemisOutageIT {

	private static final Duration TIMEOUT = Duration.ofMillis(1500);

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path directory;

	private static ArtemisUnderTest broker;

	private final ArtemisAdapter adapter = new ArtemisAdapter();

	@BeforeAll
	static void create() {
		broker = new ArtemisUnderTest(directory, "address-bytes=200000", "full-policy=BLOCK", "attempts=3");
	}

	@BeforeEach
	void start() {
		broker.start();
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Test
	void sendToAnAddressThatBlocksEndsInTime() throws JMSException {
		Address queue = Address.queue("Full");
		try (Connection connection = connect()) {
			Session session = connection.createSession();
			MessageProducer producer = session.createProducer(null);
			String text = "x".repeat(20_000);
			long start = System.nanoTime();
			assertThatExceptionOfType(ResourceAllocationException.class).isThrownBy(() -> {
				for (int i = 0; i < 100; i++) {
					producer.send(this.adapter.producerDestination(session, queue), session.createTextMessage(text));
				}
			}).satisfies((ex) -> assertThat(this.adapter.isRefusal(ex)).isTrue());
			assertThat(Flow.since(start)).isBetween(TIMEOUT, TIMEOUT.multipliedBy(4));
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
			assertThat(this.adapter.purge(connection, queue, Duration.ofSeconds(10))).isPositive();
			Session next = connection.createSession();
			MessageProducer other = next.createProducer(null);
			assertThat(this.adapter.exchangeSendTimeout(other, 400)).isEqualTo((int) TIMEOUT.toMillis());
			other.send(this.adapter.producerDestination(next, queue), next.createTextMessage("small"));
			assertThat(this.adapter.browse(next, queue, 100)).hasSize(1);
			this.adapter.purge(connection, queue, Duration.ofSeconds(10));
		}
	}

	@Test
	void limitOfTheBrokersOwnIsToldToWhomItTells() throws JMSException {
		Address group = this.adapter.groupQueue("Limited", "voyeur");
		for (String user : new String[] { "app", "admin" }) {
			try (Connection connection = connect(ArtemisUnderTest.credentials(user))) {
				Session session = connection.createSession();
				this.adapter.prepare(session, List.of(group));
				QueueInspector inspector = this.adapter.inspector(session);
				for (int look = 0; look < 2; look++) {
					assertThat(inspector.inspect(List.of(group.name()), Duration.ofSeconds(5))).singleElement()
						.satisfies((sample) -> assertThat(sample.depth()).isZero());
				}
				if (user.equals("admin")) {
					assertThat(inspector.warnings()).singleElement()
						.asString()
						.contains("'VirtualTopic.Limited'", "after 3 deliveries", "'max-delivery-attempts'");
					assertThat(inspector.conditions()).singleElement().satisfies((condition) -> {
						assertThat(condition.kind()).isEqualTo(BrokerCondition.Kind.DELIVERY_LIMIT);
						assertThat(condition.queue()).isEqualTo("VirtualTopic.Limited");
					});
				}
				else {
					assertThat(inspector.warnings()).isEmpty();
				}
			}
		}
	}

	@Test
	void deathOfTheBrokerIsNoticed() throws Exception {
		Address queue = Address.queue("Orders");
		CountDownLatch told = new CountDownLatch(1);
		Connection connection = connect();
		connection.setExceptionListener((ex) -> {
			assertThat(this.adapter.isConnectionLost(ex)).isTrue();
			told.countDown();
		});
		Session transacted = connection.createSession(true, Session.SESSION_TRANSACTED);
		this.adapter.prepare(transacted, List.of(queue));
		MessageConsumer consumer = this.adapter.createConsumer(connection.createSession(), queue, 0, null);
		MessageProducer producer = transacted.createProducer(null);
		producer.send(this.adapter.producerDestination(transacted, queue), transacted.createTextMessage("x"));
		assertThat(this.adapter.isConnected(connection)).isTrue();
		broker.kill();
		assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
		Flow.eventually().until(() -> !this.adapter.isConnected(connection));
		assertLost(consumer::receiveNoWait);
		assertLost(() -> consumer.receive(100));
		assertLost(transacted::commit);
		assertLost(() -> connection.createSession());
		assertLost(() -> this.adapter.createConsumer(transacted, Address.queue("Others"), 0, null));
		connection.close();
	}

	@Test
	void waitingConsumerIsToldOfTheDeathOfTheBroker() throws Exception {
		Connection connection = connect();
		MessageConsumer consumer = this.adapter.createConsumer(connection.createSession(), Address.queue("Empty"), 5,
				null);
		CountDownLatch lost = new CountDownLatch(1);
		Thread waiting = new Thread(() -> {
			try {
				consumer.receive(60_000);
			}
			catch (JMSException ex) {
				if (this.adapter.isConnectionLost(ex)) {
					lost.countDown();
				}
			}
		});
		waiting.start();
		Flow.eventually().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
		broker.kill();
		assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
		connection.close();
	}

	@Test
	void brokerThatDoesNotAnswerIsGivenUp() throws Exception {
		try (Connection connection = connect()) {
			Session session = connection.createSession();
			MessageProducer producer = session.createProducer(null);
			producer.send(this.adapter.producerDestination(session, Address.queue("Orders")), session.createMessage());
			signal("-STOP");
			try {
				long start = System.nanoTime();
				assertThatExceptionOfType(JMSException.class)
					.isThrownBy(() -> producer.send(this.adapter.producerDestination(session, Address.queue("Orders")),
							session.createMessage()))
					.satisfies((ex) -> assertThat(this.adapter.isRefusal(ex)).isFalse());
				assertThat(Flow.since(start)).isLessThan(TIMEOUT.multipliedBy(3));
				start = System.nanoTime();
				assertLost(this::connect);
				assertThat(Flow.since(start)).isLessThan(TIMEOUT.multipliedBy(4));
			}
			finally {
				signal("-CONT");
			}
		}
	}

	private void assertLost(Call call) {
		assertThatExceptionOfType(JMSException.class).isThrownBy(call::run)
			.satisfies((ex) -> assertThat(this.adapter.isConnectionLost(ex)).as("%s", ex).isTrue());
	}

	private Connection connect() throws JMSException {
		return connect(broker.properties());
	}

	private Connection connect(Map<String, String> credentials) throws JMSException {
		Connection connection = this.adapter
			.createConnectionFactory(new BrokerProfile("test", "voyeur", broker.url(), credentials.get("user"),
					credentials.get("password"), null, Duration.ofSeconds(1), Duration.ofSeconds(1), TIMEOUT, Map.of()))
			.createConnection();
		connection.start();
		return connection;
	}

	private static void signal(String signal) throws IOException, InterruptedException {
		new ProcessBuilder("kill", signal, String.valueOf(broker.process().pid())).start().waitFor();
	}

	/**
	 * A call of the client.
	 */
	@FunctionalInterface
	private interface Call {

		void run() throws JMSException;

	}

}
