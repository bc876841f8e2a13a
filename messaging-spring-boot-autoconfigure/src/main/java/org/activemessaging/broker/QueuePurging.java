package org.activemessaging.broker;

import java.time.Duration;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

/**
 * An adapter of brokers whose queues can be emptied.
 *
 * @since 0.1.0
 */
public interface QueuePurging {

	/**
	 * Removes the messages of a queue. What consumers have been handed is not removed.
	 * @param connection a started connection
	 * @param queue the queue
	 * @param limit how long it may take
	 * @return how many messages were removed
	 * @throws JMSException if the broker refuses it
	 */
	default long purge(Connection connection, Address queue, Duration limit) throws JMSException {
		long end = System.nanoTime() + limit.toNanos();
		long removed = 0;
		Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
		try (MessageConsumer consumer = ((BrokerAdapter) this).createConsumer(session, queue, 100, null)) {
			while (System.nanoTime() < end && consumer.receive(500) != null) {
				int received = 1;
				while (received < 100 && consumer.receiveNoWait() != null) {
					received++;
				}
				session.commit();
				removed += received;
			}
		}
		finally {
			session.close();
		}
		return removed;
	}

}
