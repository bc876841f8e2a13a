package org.activemessaging.broker;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;

/**
 * An adapter of brokers whose queues can be looked at.
 *
 * @since 0.1.0
 */
public interface QueueBrowsing {

	/**
	 * Looks at the first messages of a queue, which stay where they are.
	 * @param session a session that is not transacted
	 * @param queue the queue
	 * @param limit how many messages at most
	 * @return the messages, oldest first
	 * @throws JMSException if the broker refuses it
	 */
	default List<Message> browse(Session session, Address queue, int limit) throws JMSException {
		List<Message> messages = new ArrayList<>();
		try (QueueBrowser browser = session
			.createBrowser((Queue) ((BrokerAdapter) this).producerDestination(session, queue))) {
			Enumeration<?> enumeration = browser.getEnumeration();
			while (messages.size() < limit && enumeration.hasMoreElements()) {
				messages.add((Message) enumeration.nextElement());
			}
		}
		return messages;
	}

}
