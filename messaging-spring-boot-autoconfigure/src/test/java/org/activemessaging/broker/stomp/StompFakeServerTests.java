package org.activemessaging.broker.stomp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.broker.Address;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for what no broker should do, and some do.
 */
class StompFakeServerTests {

	private static final Address QUEUE = Address.queue("Orders");

	private static final String HALF = "MESSAGE\nsubscription:s-1\nmessage-id:1\nack:1\n\nhalf";

	private static final String MESSAGE = HALF + " and the rest\0";

	private final StompAdapter adapter = new StompAdapter();

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 400 Bad Request\r\n\r\n", "\0\0\0\1ActiveMQ", "AMQP\0\1\0\0", "",
			"CONNECTED\nversion:9.9\nserver:ActiveMQ/9\n\n\0", "CONNECTED\nversion:1.2\nserver:ActiveMQ/6\n", "hang up",
			"CONNECTED\nversion:1.2\nserver:ActiveMQ/6\nheart-beat:often\n\n\0" })
	void whateverDoesNotSpeakStompIsNoBrokerUntilItDoes(String said) throws Exception {
		AtomicInteger calls = new AtomicInteger();
		try (StompFakeServer server = new StompFakeServer((frame) -> (calls.getAndIncrement() > 0)
				? StompFakeServer.obey(frame) : said.equals("hang up") ? null : said)) {
			ConnectionFactory factory = this.adapter
				.createConnectionFactory(StompProfiles.of(server.url(), Duration.ofSeconds(1)));
			long start = System.nanoTime();
			JMSException failure = catchThrowableOfType(JMSException.class, factory::createConnection);
			assertThat(failure).hasMessageContaining("localhost:" + server.port());
			assertThat(this.adapter.isConnectionLost(failure)).isTrue();
			assertThat(this.adapter.isRefusal(failure)).isFalse();
			assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(5));
			Flow.eventually().ignoreExceptions().untilAsserted(() -> factory.createConnection().close());
		}
	}

	@Test
	void wrongCredentialsAreRefusedWithoutBeingShown() throws Exception {
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> "ERROR\nmessage:Bad CONNECT\n\nUser scott with " + StompProfiles.SECRET + " is refused\0")) {
			assertThatExceptionOfType(JMSSecurityException.class).isThrownBy(() -> factory(server).createConnection())
				.withMessageContaining("User scott")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("xyzzy-"));
		}
	}

	@Test
	void brokerThatDoesNotSayWhatItIsHasToBeDescribed() throws Exception {
		try (StompFakeServer server = new StompFakeServer((frame) -> "CONNECTED\nversion:1.1\n\n\0")) {
			assertThatExceptionOfType(JMSException.class).isThrownBy(() -> factory(server).createConnection())
				.withMessageContaining("'messaging.broker.mq.properties.dialect'");
			factory(server, "dialect", "artemis").createConnection().close();
		}
		try (StompFakeServer server = new StompFakeServer(StompFakeServer::obey)) {
			assertThatExceptionOfType(JMSException.class)
				.isThrownBy(() -> factory(server, "dialect", "rabbitmq").createConnection())
				.withMessageContaining("is of the dialect 'activemq'");
		}
	}

	@Test
	void serverThatHangsUpIsALostConnection() throws Exception {
		List<JMSException> heard = new CopyOnWriteArrayList<>();
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> frame.startsWith("SUBSCRIBE") ? null : StompFakeServer.obey(frame));
				Connection connection = factory(server).createConnection()) {
			connection.setExceptionListener(heard::add);
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			JMSException failure = catchThrowableOfType(JMSException.class,
					() -> this.adapter.createConsumer(session, QUEUE, 1, null));
			assertThat(this.adapter.isConnectionLost(failure)).isTrue();
			assertThat(this.adapter.isConnected(connection)).isFalse();
			Flow.eventually().until(() -> heard.size() == 1);
			assertThat(heard.get(0)).hasCauseInstanceOf(IOException.class);
			assertThat(this.adapter.isConnectionLost(catchThrowableOfType(JMSException.class, session::rollback)))
				.isTrue();
		}
	}

	@Test
	void halfAFrameAndSilenceIsALostConnection() throws Exception {
		String connected = StompFakeServer.CONNECTED.replace("\n\n", "\nheart-beat:100,0\n\n");
		try (StompFakeServer server = new StompFakeServer((frame) -> frame.startsWith("CONNECT\n") ? connected
				: StompFakeServer.obey(frame) + (frame.startsWith("SUBSCRIBE") ? HALF : ""));
				Connection connection = factory(server, "heart-beat", "100ms").createConnection()) {
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			MessageConsumer consumer = this.adapter.createConsumer(session, QUEUE, 1, null);
			long start = System.nanoTime();
			JMSException failure = catchThrowableOfType(JMSException.class, () -> consumer.receive(10_000));
			assertThat(failure).hasMessageContaining("silent");
			assertThat(this.adapter.isConnectionLost(failure)).isTrue();
			assertThat(Flow.since(start)).isLessThan(Duration.ofSeconds(5));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "MESSAGE\nsubscription:s-1\ncontent-length:2000\n\n",
			"MESSAGE\nsubscription:s-1\n\n" + "0123456789012345678901234567890123456789012345678901234567890123456789"
					+ "0123456789012345678901234567890123456789012345678901234567890123456789" })
	void frameThatIsTooLargeIsRefused(String frames) throws Exception {
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> StompFakeServer.obey(frame) + (frame.startsWith("SUBSCRIBE") ? frames : ""));
				Connection connection = factory(server, "max-body-size", "100").createConnection()) {
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			assertThatExceptionOfType(JMSException.class)
				.isThrownBy(() -> this.adapter.createConsumer(session, QUEUE, 1, null).receive(10_000))
				.withMessageContaining("'max-body-size'");
		}
	}

	@Test
	void sendThatIsNotConfirmedIsUncertain() throws Exception {
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> frame.startsWith("SEND") ? "" : StompFakeServer.obey(frame));
				Connection connection = factory(server, "receipt-timeout", "200ms").createConnection()) {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			JMSException failure = catchThrowableOfType(JMSException.class, () -> send(session, "text"));
			assertThat(this.adapter.isRefusal(failure)).isFalse();
			assertThat(this.adapter.isConnectionLost(failure)).isTrue();
		}
	}

	@Test
	void refusedSendIsARefusal() throws Exception {
		try (StompFakeServer server = new StompFakeServer((frame) -> frame.startsWith("SEND")
				? "ERROR\nmessage:access_refused\n\nno write access to queue\0" : StompFakeServer.obey(frame));
				Connection connection = factory(server).createConnection()) {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			JMSException failure = catchThrowableOfType(JMSException.class, () -> send(session, "text"));
			assertThat(this.adapter.isRefusal(failure)).isTrue();
			assertThat(this.adapter.isConnectionLost(failure)).isFalse();
			assertThat(this.adapter.isConnected(connection)).isTrue();
			Session other = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			assertThat(other.createConsumer(other.createQueue("Others"))).isNotNull();
		}
	}

	@Test
	void whatWasReceivedIsNotAcknowledgedWhenASendIsRefused() throws Exception {
		AtomicInteger sends = new AtomicInteger();
		try (StompFakeServer server = new StompFakeServer((frame) -> {
			if (frame.startsWith("SEND") && sends.getAndIncrement() == 0) {
				return "ERROR\nmessage:User scott is not authorized to write\n\n\0";
			}
			return StompFakeServer.obey(frame) + (frame.startsWith("SUBSCRIBE") ? MESSAGE : "");
		}); Connection connection = factory(server).createConnection()) {
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			MessageConsumer consumer = this.adapter.createConsumer(session, QUEUE, 1, null);
			assertThat(consumer.receive(2000)).isNotNull();
			send(session, "text");
			assertThatExceptionOfType(JMSSecurityException.class).isThrownBy(session::commit);
			assertThat(server.frames("ACK")).isEmpty();
			assertThat(server.frames("COMMIT")).isEmpty();
			session.rollback();
			assertThat(server.frames("CONNECT")).hasSize(2);
			assertThat(((TextMessage) consumer.receive(2000)).getText()).isEqualTo("half and the rest");
			send(session, "text");
			session.commit();
			assertThat(server.frames("ACK")).singleElement().asString().contains("\ntransaction:t-");
			assertThat(server.frames("COMMIT")).hasSize(1);
			assertThat(server.frames("NACK")).isEmpty();
		}
	}

	@Test
	void messageComesBeforeItsSessionIsStartedButIsNotReceived() throws Exception {
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> StompFakeServer.obey(frame) + (frame.startsWith("SUBSCRIBE") ? MESSAGE : ""));
				Connection connection = factory(server).createConnection()) {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			MessageConsumer consumer = this.adapter.createConsumer(session, QUEUE, 1, null);
			assertThat(consumer.receive(100)).isNull();
			connection.start();
			assertThat(consumer.receive(2000)).isNotNull();
			Flow.eventually().until(() -> server.frames("ACK").size() == 1);
		}
	}

	@Test
	void oldVersionIsSpokenWithoutEscapes() throws Exception {
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> frame.startsWith("CONNECT\n") ? "CONNECTED\nsession:ID:1\n\n\0"
						: StompFakeServer.obey(frame) + (frame.startsWith("SUBSCRIBE")
								? MESSAGE.replace("message-id:1\nack:1", "message-id:ID:1:2") : ""));
				Connection connection = factory(server, "dialect", "activemq").createConnection()) {
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			Message message = this.adapter.createConsumer(session, QUEUE, 1, null).receive(2000);
			assertThat(message.getJMSMessageID()).isEqualTo("ID:1:2");
			session.commit();
			assertThat(server.frames("ACK")).singleElement().asString().contains("\nmessage-id:ID:1:2\n");
			Message odd = session.createTextMessage("text");
			odd.setStringProperty("odd", "a\nb");
			assertThatExceptionOfType(MessageFormatException.class)
				.isThrownBy(
						() -> session.createProducer(null).send(this.adapter.producerDestination(session, QUEUE), odd))
				.withMessageContaining("'odd'");
		}
	}

	@Test
	void connectionThatIsNotReliableIsNotRestored() throws Exception {
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> frame.startsWith("SEND") ? null : StompFakeServer.obey(frame))) {
			ConnectionFactory factory = factory(server, "reliable", "false");
			factory.createConnection().close();
			try (Connection connection = factory.createConnection()) {
				Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
				assertThatExceptionOfType(JMSException.class).isThrownBy(() -> send(session, "text"));
			}
			assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection)
				.withMessageContaining("'reliable' is false");
		}
	}

	@Test
	void nextTryWaitsForTheReconnectDelay() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> (calls.getAndIncrement() == 0) ? null : StompFakeServer.obey(frame))) {
			ConnectionFactory factory = factory(server, "reconnect-delay", "500ms");
			assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection);
			assertThatExceptionOfType(JMSException.class).isThrownBy(factory::createConnection)
				.withMessageContaining("500 ms");
			assertThat(calls).hasValue(1);
			Flow.eventually().ignoreExceptions().untilAsserted(() -> factory.createConnection().close());
		}
	}

	@Test
	void nextHostIsTriedIfOneDoesNotAnswer() throws Exception {
		try (StompFakeServer server = new StompFakeServer(StompFakeServer::obey)) {
			String url = "stomp:(localhost:" + BrokerProcess.freePort() + ",localhost:" + server.port() + ")";
			this.adapter.createConnectionFactory(StompProfiles.of(url)).createConnection().close();
			assertThat(server.frames("CONNECT")).hasSize(1);
		}
	}

	@Test
	void selectorIsRefusedWhereItWouldBeIgnored() throws Exception {
		String connected = StompFakeServer.CONNECTED.replace("ActiveMQ/fake", "RabbitMQ/fake");
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> frame.startsWith("CONNECT\n") ? connected : StompFakeServer.obey(frame));
				Connection connection = factory(server).createConnection()) {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			assertThatExceptionOfType(InvalidSelectorException.class)
				.isThrownBy(() -> this.adapter.createConsumer(session, QUEUE, 1, "a = 1"));
		}
	}

	@Test
	void closedConnectionEndsAReceiverThatWaits() throws Exception {
		try (StompFakeServer server = new StompFakeServer(StompFakeServer::obey)) {
			Connection connection = factory(server).createConnection();
			connection.start();
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			MessageConsumer consumer = this.adapter.createConsumer(session, QUEUE, 1, null);
			AtomicInteger ended = new AtomicInteger();
			Thread receiver = new Thread(() -> {
				try {
					consumer.receive();
				}
				catch (JMSException ex) {
					ended.addAndGet(10);
				}
				ended.incrementAndGet();
			});
			receiver.start();
			Flow.eventually().until(() -> receiver.getState() == Thread.State.TIMED_WAITING);
			connection.close();
			Flow.eventually().untilAsserted(() -> assertThat(ended).hasValue(1));
			assertThat(server.frames("DISCONNECT")).hasSize(1);
			assertThatExceptionOfType(jakarta.jms.IllegalStateException.class).isThrownBy(session::commit);
		}
	}

	private ConnectionFactory factory(StompFakeServer server, String... options) {
		return this.adapter.createConnectionFactory(StompProfiles.of(server.url(), options));
	}

	private void send(Session session, String text) throws JMSException {
		session.createProducer(null)
			.send(this.adapter.producerDestination(session, QUEUE), session.createTextMessage(text));
	}

}
