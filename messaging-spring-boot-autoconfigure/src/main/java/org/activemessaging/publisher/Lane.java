package org.activemessaging.publisher;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.BrokerAdapter;

/**
 * What one thread needs to send.
 *
 * @param link the connection
 * @param session a session of it
 * @param producer a producer of that session without a destination of its own
 * @param transacted whether the session is transacted
 */
record Lane(PublisherLink link, Session session, MessageProducer producer, boolean transacted) {

	/**
	 * Sends a message. Unless the lane is transacted, it waits for the broker's word.
	 * @param message the message
	 * @throws JMSException if the broker refuses it, or if there is no answer
	 */
	void send(OutboundMessage message) throws JMSException {
		message.on(this.session, this.producer);
	}

	/**
	 * Sends a message and waits for the broker's word no longer than a time.
	 * @param message the message
	 * @param millis how long to wait, in milliseconds
	 * @param adapter what speaks to the broker
	 * @throws JMSException if the broker refuses it, or if there is no answer
	 */
	void send(OutboundMessage message, int millis, BrokerAdapter adapter) throws JMSException {
		int usual = adapter.exchangeSendTimeout(this.producer, millis);
		try {
			send(message);
		}
		finally {
			adapter.exchangeSendTimeout(this.producer, usual);
		}
	}

}
