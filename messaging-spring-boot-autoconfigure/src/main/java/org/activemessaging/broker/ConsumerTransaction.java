package org.activemessaging.broker;

import java.util.ArrayList;
import java.util.List;

import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.jspecify.annotations.Nullable;

/**
 * The transaction in which the current thread processes a message. What is sent in it
 * waits until the processor has returned normally, then goes out on the consumer's own
 * session and takes effect with the acknowledgement; what a failed try wanted to send is
 * forgotten. So a try can be repeated in the same transaction without leaving anything
 * behind.
 *
 * @since 0.1.0
 */
public final class ConsumerTransaction {

	private static final ThreadLocal<ConsumerTransaction> CURRENT = new ThreadLocal<>();

	private final Broker broker;

	private final Session session;

	private final List<Send> pending = new ArrayList<>();

	private @Nullable MessageProducer producer;

	/**
	 * Creates a transaction that may be used for one message after the other.
	 * @param broker the broker of the session
	 * @param session the transacted session of a consumer
	 */
	public ConsumerTransaction(Broker broker, Session session) {
		this.broker = broker;
		this.session = session;
	}

	/**
	 * Returns the transaction of the current thread.
	 * @param broker the broker that a message is to go to
	 * @return the transaction, or {@code null} if no message from that broker is being
	 * processed by this thread
	 */
	public static @Nullable ConsumerTransaction current(Broker broker) {
		ConsumerTransaction transaction = CURRENT.get();
		return (transaction != null && transaction.broker == broker) ? transaction : null;
	}

	/**
	 * Tells whether this transaction runs on a session.
	 * @param session the session
	 * @return whether it does
	 */
	public boolean isOn(Session session) {
		return this.session == session;
	}

	/**
	 * Returns the broker.
	 * @return the broker of the session
	 */
	public Broker broker() {
		return this.broker;
	}

	/**
	 * Returns the session.
	 * @return the session
	 */
	public Session session() {
		return this.session;
	}

	/**
	 * Returns a producer without a destination of its own.
	 * @return the producer, which belongs to the session
	 * @throws JMSException if the broker refuses it
	 */
	public MessageProducer producer() throws JMSException {
		if (this.producer == null) {
			this.producer = this.session.createProducer(null);
		}
		return this.producer;
	}

	/**
	 * Opens the transaction for the current thread.
	 */
	public void open() {
		this.pending.clear();
		CURRENT.set(this);
	}

	/**
	 * Adds something to send once the processor has returned.
	 * @param send what to do on the session
	 */
	public void add(Send send) {
		this.pending.add(send);
	}

	/**
	 * Sends what was added.
	 * @throws JMSException if it cannot be sent; the transaction is to be rolled back
	 */
	public void flush() throws JMSException {
		if (!this.pending.isEmpty()) {
			for (Send send : this.pending) {
				send.on(this.session, producer());
			}
			this.pending.clear();
		}
	}

	/**
	 * Closes the transaction for the current thread and forgets what was not sent.
	 */
	public void close() {
		this.pending.clear();
		CURRENT.remove();
	}

	/**
	 * Something to send.
	 */
	@FunctionalInterface
	public interface Send {

		/**
		 * Sends it.
		 * @param session the session
		 * @param producer a producer without a destination of its own
		 * @throws JMSException if the broker refuses it
		 */
		void on(Session session, MessageProducer producer) throws JMSException;

	}

}
