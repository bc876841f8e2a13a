package org.activemessaging.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Session;

/**
 * What an adapter can do that tells exactly how many messages a small queue holds, those
 * included that consumers have in an open transaction.
 *
 * @since 0.1.0
 */
public interface QueueCounting {

	/**
	 * Counts the messages of a queue.
	 * @param session a session that is not transacted, of a started connection
	 * @param queue the queue, with some hundred messages at most
	 * @return the number of messages; 0 if there is no such queue. While a transaction is
	 * being committed, what it takes and what it sends may be counted one without the
	 * other
	 * @throws JMSException if the broker refuses it
	 */
	long count(Session session, Address queue) throws JMSException;

}
