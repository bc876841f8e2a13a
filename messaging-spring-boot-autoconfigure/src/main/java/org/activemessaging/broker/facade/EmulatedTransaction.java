package org.activemessaging.broker.facade;

import java.util.ArrayList;
import java.util.List;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * The transaction of a session whose broker has none that covers what is received and
 * what is sent: what is sent waits for the commit, which has the broker confirm all of it
 * before anything that was received is acknowledged. So nothing is lost; what dies in
 * between leaves the copy and the original, with the same {@code am_id}.
 * <p>
 * For use by the thread of the session.
 *
 * @since 0.1.0
 */
public final class EmulatedTransaction {

	private final List<Send> sends = new ArrayList<>();

	private final List<Message> received = new ArrayList<>();

	private final Client client;

	/**
	 * Creates the transaction of a session, for one commit after the other.
	 * @param client what sends, acknowledges and gives back
	 */
	public EmulatedTransaction(Client client) {
		this.client = client;
	}

	/**
	 * Notes that a message was received.
	 * @param message the message
	 */
	public void received(Message message) {
		this.received.add(message);
	}

	/**
	 * Adds a message that the commit is to send.
	 * @param send the message, which nobody changes any more, and where to
	 */
	public void add(Send send) {
		this.sends.add(send);
	}

	/**
	 * Sends, waits for the broker's word, and acknowledges.
	 * @throws JMSException if something was not sent or not acknowledged; the session is
	 * to be rolled back
	 */
	public void commit() throws JMSException {
		if (!this.sends.isEmpty()) {
			this.client.send(this.sends);
			this.sends.clear();
		}
		if (!this.received.isEmpty()) {
			this.client.acknowledge(this.received);
			this.received.clear();
		}
	}

	/**
	 * Forgets what was to be sent, and gives back what was received.
	 * @throws JMSException if the broker cannot be told; it will find out by itself
	 */
	public void rollback() throws JMSException {
		this.sends.clear();
		if (!this.received.isEmpty()) {
			try {
				this.client.giveBack(this.received);
			}
			finally {
				this.received.clear();
			}
		}
	}

	/**
	 * A message to send.
	 *
	 * @param destination where to
	 * @param message the message
	 * @param deliveryMode the delivery mode
	 * @param priority the priority
	 * @param timeToLive the time to live in milliseconds, 0 for ever
	 * @param deliveryDelay how long it is to be held back, in milliseconds
	 */
	public record Send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive,
			long deliveryDelay) {
	}

	/**
	 * What a vendor's client does for the transaction.
	 */
	public interface Client {

		/**
		 * Sends messages, and returns when the broker has all of them.
		 * @param sends the messages, in order
		 * @throws JMSException if the broker does not have one of them, or nobody knows
		 */
		void send(List<Send> sends) throws JMSException;

		/**
		 * Acknowledges messages.
		 * @param messages the messages, in the order in which they were received
		 * @throws JMSException if it is not certain that the broker knows
		 */
		void acknowledge(List<Message> messages) throws JMSException;

		/**
		 * Has messages delivered again.
		 * @param messages the messages, in the order in which they were received
		 * @throws JMSException if the broker cannot be told
		 */
		void giveBack(List<Message> messages) throws JMSException;

	}

}
