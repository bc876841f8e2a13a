package org.activemessaging.permit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;

/**
 * The permit of one consumer, in a transaction of its own session. It is kept from
 * message to message for a while, so that a busy consumer pays for it seldom, and then
 * returned so that other instances get their share. For use by one thread.
 *
 * @since 0.1.0
 */
public final class PermitHolder implements AutoCloseable {

	private static final long SHARE = TimeUnit.SECONDS.toNanos(1);

	// Each return is a write of the broker's journal, which an idle application should
	// not cause all the time.
	private static final long IDLE_SHARE = TimeUnit.SECONDS.toNanos(10);

	private final Permits permits;

	private final Sessions sessions;

	private final AtomicInteger held;

	private final Surplus surplus;

	private @Nullable Session session;

	private @Nullable MessageConsumer consumer;

	private boolean holding;

	private long since;

	/**
	 * Creates a holder that holds nothing.
	 * @param permits the permits
	 * @param sessions where sessions come from
	 * @param held the number of permits that are held here, to be kept up to date
	 * @param surplus how many permits are to be destroyed
	 */
	public PermitHolder(Permits permits, Sessions sessions, AtomicInteger held, Surplus surplus) {
		this.permits = permits;
		this.sessions = sessions;
		this.held = held;
		this.surplus = surplus;
	}

	/**
	 * Takes a permit, unless one is held.
	 * @param timeoutMillis the longest wait, in milliseconds
	 * @return whether a permit is held now
	 * @throws JMSException if the broker refuses it
	 */
	public boolean take(long timeoutMillis) throws JMSException {
		if (!this.holding && consumer().receive(timeoutMillis) != null) {
			this.holding = true;
			this.since = System.nanoTime();
			this.held.incrementAndGet();
		}
		return this.holding;
	}

	/**
	 * Returns the permit if it was held for long enough, or is to be destroyed.
	 * @param worked whether there was a message
	 * @throws JMSException if the broker refuses it
	 */
	public void endTurn(boolean worked) throws JMSException {
		boolean shared = System.nanoTime() - this.since >= (worked ? SHARE : IDLE_SHARE);
		if (this.holding && (shared || this.surplus.exists())) {
			giveBack();
		}
	}

	/**
	 * Returns the permit, if one is held.
	 * @throws JMSException if the broker refuses it
	 */
	public void giveBack() throws JMSException {
		Session current = this.session;
		if (!this.holding || current == null) {
			return;
		}
		if (this.surplus.takeOne()) {
			current.commit();
			noLongerHolding();
			return;
		}
		// A new message instead of a rollback: that would count as a delivery, of which
		// a broker may allow so many, and make the message older and older.
		try (MessageProducer producer = current.createProducer(null)) {
			this.permits.send(current, producer, this.permits.queue());
			current.commit();
		}
		noLongerHolding();
	}

	private void noLongerHolding() {
		if (this.holding) {
			this.holding = false;
			this.held.decrementAndGet();
		}
	}

	private MessageConsumer consumer() throws JMSException {
		MessageConsumer current = this.consumer;
		if (current == null) {
			Session opened = this.sessions.open();
			this.session = opened;
			current = this.permits.broker().adapter().createConsumer(opened, this.permits.queue(), 0, null);
			this.consumer = current;
		}
		return current;
	}

	/**
	 * Returns the permit, or leaves that to the broker, and ends.
	 */
	@Override
	public void close() {
		try {
			giveBack();
		}
		catch (JMSException ex) {
			// The broker puts it back when the session or the connection ends.
			noLongerHolding();
		}
		JmsUtils.closeMessageConsumer(this.consumer);
		JmsUtils.closeSession(this.session);
		this.consumer = null;
		this.session = null;
	}

	/**
	 * Where the sessions of permits come from.
	 */
	@FunctionalInterface
	public interface Sessions {

		/**
		 * Opens a session.
		 * @return a transacted session of the connection that the messages come on, so
		 * that both are lost together
		 * @throws JMSException if the broker refuses it
		 */
		Session open() throws JMSException;

	}

}
