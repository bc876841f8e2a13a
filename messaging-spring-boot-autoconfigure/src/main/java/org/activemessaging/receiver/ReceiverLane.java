package org.activemessaging.receiver;

import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.LiveConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;

/**
 * A transacted session, and the consumer of one receive on it. Used by one thread at a
 * time.
 */
final class ReceiverLane {

	private static final long SLICE = TimeUnit.SECONDS.toNanos(1);

	private final ReceiverConnection owner;

	private final LiveConnection link;

	private final Session session;

	private final ConsumerTransaction transaction;

	private @Nullable MessageConsumer consumer;

	// Of a message in it nobody has decided yet.
	private boolean open;

	private volatile boolean left;

	ReceiverLane(ReceiverConnection owner, LiveConnection link) throws JMSException {
		this.owner = owner;
		this.link = link;
		this.session = link.connection().createSession(true, Session.SESSION_TRANSACTED);
		this.transaction = new ConsumerTransaction(owner.broker(), this.session);
	}

	LiveConnection link() {
		return this.link;
	}

	ConsumerTransaction transaction() {
		return this.transaction;
	}

	private boolean isLost() {
		return this.link.isBroken() || !this.link.isConnected();
	}

	boolean isUsable() {
		return !this.left && !isLost();
	}

	// Nothing is handed ahead: it would have to go back, and count as delivered.
	void consume(Address source, @Nullable String selector) throws JMSException {
		try {
			this.consumer = this.owner.broker().adapter().createConsumer(this.session, source, 0, selector);
		}
		catch (JMSException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Waits for a message, in slices: a wait may have to end early.
	 * @param nanos the longest wait, in nanoseconds
	 * @return the message, or {@code null} if there is none
	 */
	synchronized @Nullable Message receive(long nanos) throws JMSException {
		MessageConsumer current = this.consumer;
		if (current == null) {
			throw new jakarta.jms.IllegalStateException("The consumer is closed");
		}
		this.transaction.begin();
		long deadline = System.nanoTime() + nanos;
		long rest = nanos;
		Message message = null;
		do {
			long millis = TimeUnit.NANOSECONDS.toMillis(Math.min(rest, SLICE));
			message = (millis > 0) ? current.receive(millis) : current.receiveNoWait();
			rest = deadline - System.nanoTime();
		}
		while (message == null && rest > 0 && isUsable() && !this.owner.isClosed());
		this.open = message != null;
		if (message == null && isLost()) {
			throw new jakarta.jms.IllegalStateException("The connection is lost");
		}
		return message;
	}

	synchronized void commit() throws JMSException {
		this.transaction.flush();
		this.session.commit();
		this.open = false;
	}

	synchronized void rollback() throws JMSException {
		this.session.rollback();
		this.open = false;
	}

	/**
	 * Gives the lane up: whoever uses it at the moment is the last one.
	 */
	void leave() {
		this.left = true;
	}

	/**
	 * Ends a receive: what was not decided about goes back.
	 * @return whether the session can be used again
	 */
	synchronized boolean end() {
		MessageConsumer current = this.consumer;
		this.consumer = null;
		try {
			if (this.open) {
				rollback();
			}
			if (current != null) {
				current.close();
			}
			return isUsable();
		}
		catch (JMSException | RuntimeException ex) {
			return false;
		}
	}

	void close() {
		JmsUtils.closeSession(this.session);
	}

}
