package org.activemessaging.samples.benchmark.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;

/**
 * Fills and empties queues by the vendor's own client.
 */
final class JmsQueues {

	private static final int BATCH = 1000;

	// ActiveMQ hands out no more than a page of 200 messages in one transaction.
	private static final int RECEIVED_BATCH = 100;

	private static final long PATIENCE = 20_000;

	private static final long SHORT_PATIENCE = 500;

	private final ConnectionFactory connectionFactory;

	private final Destinations destinations;

	JmsQueues(ConnectionFactory connectionFactory, Destinations destinations) {
		this.connectionFactory = connectionFactory;
		this.destinations = destinations;
	}

	void load(String queue, int messages) {
		try (Connection connection = this.connectionFactory.createConnection();
				Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
			MessageProducer producer = session.createProducer(this.destinations.queue(session, queue));
			for (int i = 0; i < messages; i++) {
				producer.send(session.createTextMessage(Payload.of(i, 0)));
				if (i % BATCH == BATCH - 1) {
					session.commit();
				}
			}
			session.commit();
		}
		catch (JMSException ex) {
			throw new IllegalStateException("The messages of " + queue + " cannot be sent", ex);
		}
	}

	MeasuredBroker.Found drain(String queue, int messages, int expected) {
		int[] seen = new int[messages];
		int unknown = 0;
		try (Connection connection = this.connectionFactory.createConnection();
				Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
			connection.start();
			MessageConsumer consumer = session.createConsumer(this.destinations.queue(session, queue));
			int received = 0;
			Message message = consumer.receive(patience(received, expected));
			while (message != null) {
				int number = (message instanceof TextMessage text) ? Payload.number(text.getText()) : -1;
				if (number >= 0 && number < messages) {
					seen[number]++;
				}
				else {
					unknown++;
				}
				if (++received % RECEIVED_BATCH == 0) {
					session.commit();
				}
				message = consumer.receive(patience(received, expected));
			}
			session.commit();
		}
		catch (JMSException ex) {
			throw new IllegalStateException("The messages of " + queue + " cannot be received", ex);
		}
		return count(seen, unknown);
	}

	static long patience(int received, int expected) {
		return (received < expected) ? PATIENCE : SHORT_PATIENCE;
	}

	static MeasuredBroker.Found count(int[] seen, int unknown) {
		int once = 0;
		int more = unknown;
		for (int times : seen) {
			if (times == 1) {
				once++;
			}
			else if (times > 1) {
				more++;
			}
		}
		return new MeasuredBroker.Found(once, more);
	}

	/**
	 * Finds a queue by its name.
	 */
	@FunctionalInterface
	interface Destinations {

		jakarta.jms.Queue queue(Session session, String name) throws JMSException;

	}

}
