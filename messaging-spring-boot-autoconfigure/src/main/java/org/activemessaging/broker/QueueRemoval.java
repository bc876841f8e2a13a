package org.activemessaging.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

/**
 * An adapter that can remove a queue from its broker.
 *
 * @since 0.1.0
 */
public interface QueueRemoval {

	/**
	 * Removes a queue and what is in it. Nobody consumes from it any more.
	 * @param connection a started connection of this adapter's connection factory
	 * @param queue the queue
	 * @throws JMSException if the broker refuses it
	 */
	void remove(Connection connection, Address queue) throws JMSException;

}
