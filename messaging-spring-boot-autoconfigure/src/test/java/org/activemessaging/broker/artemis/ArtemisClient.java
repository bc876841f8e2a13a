package org.activemessaging.broker.artemis;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.contract.ArtemisUnderTest;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/**
 * A client of Artemis with all rights that knows nothing of this library.
 */
final class ArtemisClient implements AutoCloseable {

	private final Connection connection;

	private final Session session;

	ArtemisClient(ArtemisUnderTest broker) {
		try {
			this.connection = new ActiveMQConnectionFactory(broker.url()).createConnection("admin",
					ArtemisUnderTest.credentials("admin").get("password"));
			this.connection.start();
			this.session = this.connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Session session() {
		return this.session;
	}

	/**
	 * Sends the numbers from 0 to a queue, in one transaction.
	 */
	void sendNumbers(String queue, int count) throws JMSException {
		Session transacted = this.connection.createSession(true, Session.SESSION_TRANSACTED);
		MessageProducer producer = transacted.createProducer(transacted.createQueue(queue));
		for (int i = 0; i < count; i++) {
			producer.send(transacted.createTextMessage(String.valueOf(i)));
		}
		transacted.commit();
		transacted.close();
	}

	void send(String queue, Message message) throws JMSException {
		try (MessageProducer producer = this.session.createProducer(this.session.createQueue(queue))) {
			producer.send(message);
		}
	}

	List<Message> browse(String queue) {
		List<Message> messages = new ArrayList<>();
		try (QueueBrowser browser = this.session.createBrowser(this.session.createQueue(queue))) {
			Enumeration<?> enumeration = browser.getEnumeration();
			while (enumeration.hasMoreElements()) {
				messages.add((Message) enumeration.nextElement());
			}
			return messages;
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	List<String> drain(String queue) throws JMSException {
		List<String> texts = new ArrayList<>();
		try (MessageConsumer consumer = this.session.createConsumer(this.session.createQueue(queue))) {
			for (Message message = consumer.receiveNoWait(); message != null; message = consumer.receiveNoWait()) {
				texts.add(((TextMessage) message).getText());
			}
		}
		return texts;
	}

	void create(QueueConfiguration queue) throws ActiveMQException {
		core().createQueue(queue);
	}

	void delete(String queue) throws ActiveMQException {
		core().deleteQueue(queue);
	}

	QueueQuery queue(String name) {
		try {
			return core().queueQuery(SimpleString.of(name));
		}
		catch (ActiveMQException ex) {
			throw new IllegalStateException(ex);
		}
	}

	long depth(String queue) {
		return queue(queue).getMessageCount();
	}

	private ClientSession core() {
		return ((ActiveMQSession) this.session).getCoreSession();
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

}
