package org.activemessaging.broker.memory;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the contract of all brokers does not say: time, rollback in order, and what cannot
 * be configured.
 */
class MemoryBrokerTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final String name = UUID.randomUUID().toString();

	private final MemoryBroker broker = MemoryBroker.named(this.name);

	private Connection connection;

	private Session session;

	private Queue queue;

	private MessageConsumer consumer;

	private MessageProducer producer;

	@BeforeEach
	void connect() throws JMSException {
		this.connection = new MemoryAdapter().createConnectionFactory(profile("memory://" + this.name, Map.of()))
			.createConnection();
		this.connection.start();
		this.session = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		this.queue = this.session.createQueue("Orders");
		this.consumer = this.session.createConsumer(this.queue);
		this.producer = this.session.createProducer(this.queue);
	}

	@AfterEach
	void close() throws JMSException {
		this.connection.close();
		MemoryBroker.discard(this.name);
	}

	@Test
	void delayEndsWhenTimeIsPutForward() throws Exception {
		this.producer.setDeliveryDelay(Duration.ofHours(1).toMillis());
		send("later");
		assertThat(this.broker.queues()).singleElement()
			.satisfies((state) -> assertThat(state.dueInMillis()).isBetween(3_590_000L, 3_600_000L));
		assertThat(this.consumer.receiveNoWait()).isNull();
		FutureTask<String> received = new FutureTask<>(this::receive);
		Thread thread = new Thread(received, "consumer");
		thread.start();
		Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		this.broker.advance(Duration.ofHours(1));
		// Long before the wait for the message is over.
		assertThat(received.get(5, TimeUnit.SECONDS)).isEqualTo("later");
	}

	@Test
	void messageExpiresWhenTimeIsPutForward() throws JMSException {
		this.producer.send(this.session.createTextMessage("old"), DeliveryMode.PERSISTENT, 4,
				Duration.ofMinutes(1).toMillis());
		send("young");
		this.broker.advance(Duration.ofMinutes(1));
		assertThat(receive()).isEqualTo("young");
	}

	@Test
	void timeDoesNotGoBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.broker.advance(SECOND.negated()));
	}

	@Test
	void rollbackPutsBackInOrderAndCounts() throws JMSException {
		send("a", "b", "c");
		assertThat(receive()).isEqualTo("a");
		assertThat(receive()).isEqualTo("b");
		this.session.rollback();
		Message again = this.consumer.receive(1000);
		assertThat(again.getBody(String.class)).isEqualTo("a");
		assertThat(again.getJMSRedelivered()).isTrue();
		assertThat(again.getIntProperty("JMSXDeliveryCount")).isEqualTo(2);
		assertThat(receive()).isEqualTo("b");
		Message third = this.consumer.receive(1000);
		assertThat(third.getBody(String.class)).isEqualTo("c");
		assertThat(third.getJMSRedelivered()).isFalse();
	}

	@Test
	void closedConnectionSendsNothingAndGivesBack() throws JMSException {
		send("a");
		assertThat(receive()).isEqualTo("a");
		this.producer.send(this.session.createTextMessage("b"));
		this.connection.close();
		assertThatExceptionOfType(jakarta.jms.IllegalStateException.class).isThrownBy(this.session::commit);
		assertThat(this.broker.state("Orders")).satisfies((state) -> {
			assertThat(state.ready()).isEqualTo(1);
			assertThat(state.depth()).isEqualTo(1);
			assertThat(state.consumers()).isZero();
		});
	}

	@Test
	void changeOfASentMessageChangesNothingInTheQueue() throws JMSException {
		TextMessage message = this.session.createTextMessage("before");
		this.producer.send(message);
		message.setText("after");
		this.session.commit();
		assertThat(receive()).isEqualTo("before");
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory:", "memory://", "memory://a/b", "memory://a b" })
	void urlWithoutNameIsRefused(String url) {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> new MemoryAdapter().createConnectionFactory(profile(url, Map.of())))
			.withMessageContaining("broker 'jobs'");
	}

	@Test
	void unknownOptionIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> new MemoryAdapter()
				.createConnectionFactory(profile("memory://a", Map.of("delivry", "synchronous"))))
			.withMessageContaining("'messaging.broker.jobs.properties.delivry'")
			.withMessageContaining("'delivery'");
	}

	@Test
	void unknownDeliveryIsRefused() {
		assertThatExceptionOfType(MessagingConfigurationException.class)
			.isThrownBy(() -> new MemoryAdapter()
				.createConnectionFactory(profile("memory://a", Map.of("delivery", "synchron"))))
			.withMessageContaining("'synchronous'");
	}

	private void send(String... texts) throws JMSException {
		for (String text : texts) {
			this.producer.send(this.session.createTextMessage(text));
		}
		this.session.commit();
	}

	private String receive() {
		try {
			return this.consumer.receive(10_000).getBody(String.class);
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static BrokerProfile profile(String url, Map<String, String> options) {
		return new BrokerProfile("jobs", "shop", url, null, null, null, SECOND, SECOND, SECOND, options);
	}

}
