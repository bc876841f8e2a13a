package org.activemessaging.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
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

	private final Map<Long, Integer> occurrences = new HashMap<>();

	private Cause cause = () -> "";

	private @Nullable MessageProducer producer;

	private boolean published;

	private int kept;

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
	 * Returns the transaction of the current thread, whatever broker its message is from.
	 * @return the transaction, or {@code null} if this thread processes no message
	 */
	public static @Nullable ConsumerTransaction current() {
		return CURRENT.get();
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
	 * Begins another transaction on the session.
	 */
	public void begin() {
		this.published = false;
	}

	/**
	 * Tells whether a processor has published something in the transaction.
	 * @return whether there is something to send, or it was sent
	 */
	public boolean hasPublished() {
		return this.published;
	}

	/**
	 * Opens the transaction for the current thread.
	 * @param cause what is processed and by whom, the same for each try; asked only if
	 * something is published
	 */
	public void open(Cause cause) {
		this.pending.clear();
		this.kept = 0;
		this.occurrences.clear();
		this.cause = cause;
		CURRENT.set(this);
	}

	/**
	 * Returns what is processed and by whom.
	 * @return a text that is the same for each try of a message by a processor
	 * @throws JMSException if the message cannot be read
	 */
	public String cause() throws JMSException {
		return this.cause.describe();
	}

	/**
	 * Counts how often something was published since the transaction was opened.
	 * @param content the digest of what is published
	 * @return 0 for the first time
	 */
	public int occurrence(long content) {
		return this.occurrences.merge(content, 0, (before, none) -> before + 1);
	}

	/**
	 * Adds something to send once the processor has returned.
	 * @param send what to do on the session
	 */
	public void add(Send send) {
		this.pending.add(send);
	}

	/**
	 * Returns how much there is to send by now.
	 * @return a mark for {@link #forget(int)}
	 */
	public int mark() {
		return this.pending.size();
	}

	/**
	 * Forgets what was added after a mark, but for what is kept.
	 * @param mark the mark
	 */
	public void forget(int mark) {
		this.pending.subList(Math.max(this.kept, mark), this.pending.size()).clear();
	}

	/**
	 * Keeps what was added by now, whatever is forgotten later: it belongs to several
	 * messages.
	 */
	public void keep() {
		this.kept = this.pending.size();
	}

	/**
	 * Sends what was added.
	 * @throws JMSException if it cannot be sent; the transaction is to be rolled back
	 */
	public void flush() throws JMSException {
		flush(this);
	}

	/**
	 * Sends what was added to a transaction that another thread has used.
	 * @param other the transaction, which is left without anything to send
	 * @throws JMSException if it cannot be sent; the transaction is to be rolled back
	 */
	public void flush(ConsumerTransaction other) throws JMSException {
		if (!other.pending.isEmpty()) {
			this.published = true;
			for (Send send : other.pending) {
				send(send);
			}
			other.pending.clear();
		}
	}

	// What the client does not like about a message has to end like what the broker does
	// not like: as a failure of the message in work, not as one of the connection.
	private void send(Send send) throws JMSException {
		try {
			send.on(this.session, producer());
		}
		catch (RuntimeException ex) {
			JMSException refusal = new MessageFormatException(ex.getMessage());
			refusal.initCause(ex);
			throw refusal;
		}
	}

	/**
	 * Makes this the transaction of the current thread again, after another one was in
	 * between.
	 */
	public void resume() {
		CURRENT.set(this);
	}

	/**
	 * Closes the transaction for the current thread and forgets what was not sent.
	 */
	public void close() {
		this.pending.clear();
		leave();
	}

	/**
	 * Closes the transaction for the current thread, but keeps what is to be sent.
	 */
	public void leave() {
		CURRENT.remove();
	}

	/**
	 * Says why something is published.
	 */
	@FunctionalInterface
	public interface Cause {

		/**
		 * Describes what is processed and by whom.
		 * @return a text
		 * @throws JMSException if the message cannot be read
		 */
		String describe() throws JMSException;

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
