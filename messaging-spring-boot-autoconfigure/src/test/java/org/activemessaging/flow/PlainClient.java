package org.activemessaging.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.ActiveMQConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that knows nothing of this library.
 */
public final class PlainClient implements AutoCloseable {

	private final Connection connection;

	private final Session session;

	public PlainClient(String url) {
		try {
			ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
			factory.setWatchTopicAdvisories(false);
			factory.setTrustAllPackages(true);
			this.connection = factory.createConnection();
			this.connection.start();
			this.session = this.connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public void sendText(String queue, String... texts) {
		for (String text : texts) {
			send(queue, (session) -> session.createTextMessage(text));
		}
	}

	void send(String queue, String text, Map<String, String> headers) {
		send(queue, (session) -> {
			Message message = session.createTextMessage(text);
			for (Map.Entry<String, String> header : headers.entrySet()) {
				message.setStringProperty(header.getKey(), header.getValue());
			}
			return message;
		});
	}

	void sendText(String queue, int from, int to) {
		sendAll(queue, from, to);
	}

	private void sendAll(String queue, int from, int to) {
		try {
			Session transacted = this.connection.createSession(true, Session.SESSION_TRANSACTED);
			MessageProducer producer = transacted.createProducer(transacted.createQueue(queue));
			for (int i = from; i < to; i++) {
				producer.send(transacted.createTextMessage(String.valueOf(i)));
			}
			transacted.commit();
			transacted.close();
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void sendBytes(String queue, byte[] bytes) {
		send(queue, (session) -> {
			BytesMessage message = session.createBytesMessage();
			message.writeBytes(bytes);
			return message;
		});
	}

	public Message send(String queue, Factory factory) {
		return send(queue, factory, DeliveryMode.PERSISTENT, 4, 0);
	}

	Message send(String queue, Factory factory, int deliveryMode, int priority, long timeToLive) {
		try {
			return send(this.session.createQueue(queue), factory, deliveryMode, priority, timeToLive);
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Message sendToTopic(String topic, Factory factory) {
		try {
			return send(this.session.createTopic(topic), factory, DeliveryMode.PERSISTENT, 4, 0);
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Message send(Destination destination, Factory factory, int deliveryMode, int priority, long timeToLive)
			throws JMSException {
		try (MessageProducer producer = this.session.createProducer(destination)) {
			Message message = factory.create(this.session);
			producer.send(message, deliveryMode, priority, timeToLive);
			return message;
		}
	}

	/**
	 * Takes the next message, and fails if none comes within 20 seconds.
	 */
	Message receive(String queue) {
		Message message = receive(queue, Duration.ofSeconds(20));
		assertThat(message).as("message in queue " + queue).isNotNull();
		return message;
	}

	Message receive(String queue, Duration timeout) {
		try (MessageConsumer consumer = this.session
			.createConsumer(this.session.createQueue(queue + "?consumer.prefetchSize=0"))) {
			return consumer.receive(timeout.toMillis());
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes all texts until the queue is empty.
	 */
	List<String> drainTexts(String queue) {
		List<String> texts = new ArrayList<>();
		try (MessageConsumer consumer = this.session.createConsumer(this.session.createQueue(queue))) {
			Message message = consumer.receive(2000);
			while (message != null) {
				texts.add(((TextMessage) message).getText());
				message = consumer.receive(500);
			}
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
		return texts;
	}

	/**
	 * Takes all messages of a queue, until the broker says that there is none.
	 */
	public List<Message> drain(String queue) {
		List<Message> messages = new ArrayList<>();
		try (MessageConsumer consumer = this.session
			.createConsumer(this.session.createQueue(queue + "?consumer.prefetchSize=0"))) {
			for (Message message = consumer.receiveNoWait(); message != null; message = consumer.receiveNoWait()) {
				messages.add(message);
			}
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
		return messages;
	}

	public List<Message> browse(String queue) {
		List<Message> messages = new ArrayList<>();
		try (QueueBrowser browser = this.session.createBrowser(this.session.createQueue(queue))) {
			Enumeration<?> enumeration = browser.getEnumeration();
			while (enumeration.hasMoreElements()) {
				messages.add((Message) enumeration.nextElement());
			}
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
		return messages;
	}

	public Session session() {
		return this.session;
	}

	static byte[] bytes(Message message) throws JMSException {
		BytesMessage bytes = (BytesMessage) message;
		byte[] value = new byte[Math.toIntExact(bytes.getBodyLength())];
		bytes.readBytes(value);
		return value;
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@FunctionalInterface
	public interface Factory {

		Message create(Session session) throws JMSException;

	}

}
