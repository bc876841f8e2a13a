package org.activemessaging.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;

import org.springframework.jms.support.JmsUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions of an adapter without anything of this library above them.
 */
final class RawClient implements AutoCloseable {

	/**
	 * How long a message is waited for that has to come.
	 */
	static final Duration LONG = Duration.ofSeconds(15);

	/**
	 * How long a message is waited for that must not come.
	 */
	static final Duration SHORT = Duration.ofMillis(300);

	private final BrokerAdapter adapter;

	private final ConnectionFactory connectionFactory;

	private Connection connection;

	RawClient(BrokerAdapter adapter, BrokerProfile profile) throws JMSException {
		this.adapter = adapter;
		this.connectionFactory = adapter.createConnectionFactory(profile);
		connect();
	}

	private void connect() throws JMSException {
		this.connection = this.connectionFactory.createConnection();
		this.connection.start();
	}

	Connection connection() {
		return this.connection;
	}

	Session transacted() throws JMSException {
		return this.connection.createSession(true, Session.SESSION_TRANSACTED);
	}

	Session session() throws JMSException {
		return this.connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
	}

	void prepare(Address... queues) throws JMSException {
		Session session = session();
		this.adapter.prepare(session, List.of(queues));
		session.close();
	}

	MessageConsumer consumer(Session session, Address address) throws JMSException {
		return this.adapter.createConsumer(session, address, 0, null);
	}

	void send(Address address, String... texts) throws JMSException {
		for (String text : texts) {
			send(address, text, (message) -> {
			}, Message.DEFAULT_PRIORITY, 0);
		}
	}

	void send(Address address, String text, Change change, int priority, long timeToLive) throws JMSException {
		Session session = session();
		try {
			Message message = session.createTextMessage(text);
			change.on(message);
			send(session, address, message, priority, timeToLive);
		}
		finally {
			session.close();
		}
	}

	void send(Session session, Address address, Message message) throws JMSException {
		send(session, address, message, Message.DEFAULT_PRIORITY, 0);
	}

	private void send(Session session, Address address, Message message, int priority, long timeToLive)
			throws JMSException {
		try (MessageProducer producer = session.createProducer(null)) {
			producer.send(this.adapter.producerDestination(session, address), message, DeliveryMode.PERSISTENT,
					priority, timeToLive);
		}
	}

	/**
	 * Takes one message, and fails if there is none.
	 */
	Message take(Address queue) throws JMSException {
		return take(queue, 1).get(0);
	}

	/**
	 * Takes as many messages as there have to be, and leaves what is behind them.
	 */
	List<Message> take(Address queue, int count) throws JMSException {
		List<Message> messages = receive(queue, count, LONG);
		assertThat(messages).as("messages in %s", queue).hasSize(count);
		return messages;
	}

	/**
	 * Takes messages until none comes for a short time.
	 */
	List<Message> drain(Address queue) throws JMSException {
		return receive(queue, Integer.MAX_VALUE, SHORT);
	}

	private List<Message> receive(Address queue, int count, Duration wait) throws JMSException {
		List<Message> messages = new ArrayList<>();
		long end = System.nanoTime() + LONG.toNanos();
		while (true) {
			try {
				receive(messages, queue, count, wait);
				return messages;
			}
			catch (JMSException ex) {
				// RabbitMQ ends the connection of who reads a queue that is not quite
				// there.
				if (!this.adapter.isConnectionLost(ex) || System.nanoTime() - end > 0) {
					throw ex;
				}
				connect();
			}
		}
	}

	private void receive(List<Message> messages, Address queue, int count, Duration wait) throws JMSException {
		Session session = transacted();
		try (MessageConsumer consumer = consumer(session, queue)) {
			Message message = null;
			do {
				message = consumer.receive(wait.toMillis());
				if (message != null) {
					messages.add(message);
					session.commit();
				}
			}
			while (message != null && messages.size() < count);
		}
		finally {
			JmsUtils.closeSession(session);
		}
	}

	List<String> drainTexts(Address queue) throws JMSException {
		return texts(drain(queue));
	}

	static List<String> texts(List<Message> messages) throws JMSException {
		List<String> texts = new ArrayList<>();
		for (Message message : messages) {
			texts.add(text(message));
		}
		return texts;
	}

	/**
	 * The text of a message, whatever it was sent as.
	 */
	static String text(Message message) throws JMSException {
		if (message instanceof BytesMessage bytes) {
			byte[] value = new byte[Math.toIntExact(bytes.getBodyLength())];
			bytes.readBytes(value);
			return new String(value, StandardCharsets.UTF_8);
		}
		return ((TextMessage) message).getText();
	}

	@Override
	public void close() throws JMSException {
		this.connection.close();
	}

	/**
	 * Changes a message before it is sent.
	 */
	@FunctionalInterface
	interface Change {

		void on(Message message) throws JMSException;

	}

}
