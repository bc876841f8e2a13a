package org.activemessaging.broker.stomp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.DurableSubscription;
import org.jspecify.annotations.Nullable;

/**
 * A subscription, and what was handed ahead on it.
 */
final class StompConsumer implements MessageConsumer, StompSocket.Subscriber {

	private final Deque<StompDelivery> ahead = new ArrayDeque<>();

	private final StompSession session;

	private final String id;

	private final Address address;

	private final int prefetch;

	private final @Nullable String selector;

	private final @Nullable DurableSubscription subscription;

	private boolean closed;

	// Guarded by the session: how many messages were taken and not acknowledged.
	private int taken;

	StompConsumer(StompSession session, String id, Address address, int prefetch, @Nullable String selector,
			@Nullable DurableSubscription subscription) {
		this.session = session;
		this.id = id;
		this.address = address;
		this.prefetch = prefetch;
		this.selector = selector;
		this.subscription = subscription;
	}

	StompSession session() {
		return this.session;
	}

	String id() {
		return this.id;
	}

	Address address() {
		return this.address;
	}

	int prefetch() {
		return this.prefetch;
	}

	@Nullable String selector() {
		return this.selector;
	}

	@Nullable DurableSubscription subscription() {
		return this.subscription;
	}

	void taken(int change) {
		this.taken += change;
	}

	/**
	 * Begins anew on another connection, where nothing of the old one counts.
	 */
	synchronized void restart() {
		this.taken = 0;
		this.ahead.clear();
	}

	boolean hasTaken() {
		return this.taken > 0;
	}

	@Override
	public synchronized void received(StompSocket socket, StompFrame frame) {
		if (socket == this.session.socket()) {
			this.ahead.addLast(new StompDelivery(this, socket, frame, 0));
			notifyAll();
		}
	}

	@Override
	public synchronized void ended(StompSocket socket) {
		if (socket == this.session.socket()) {
			this.ahead.clear();
			notifyAll();
		}
	}

	synchronized void wake() {
		notifyAll();
	}

	/**
	 * Puts a message back that is to be received again.
	 */
	synchronized void giveBack(StompDelivery delivery) {
		this.ahead.addFirst(delivery.again());
	}

	/**
	 * Forgets what was handed ahead.
	 * @return whether there was anything
	 */
	synchronized boolean forget() {
		boolean any = !this.ahead.isEmpty();
		this.ahead.clear();
		return any;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	@Override
	public @Nullable Message receive() throws JMSException {
		return receive(0);
	}

	@Override
	public @Nullable Message receive(long timeout) throws JMSException {
		return take((timeout > 0) ? timeout : Long.MAX_VALUE / 1_000_000);
	}

	@Override
	public @Nullable Message receiveNoWait() throws JMSException {
		return take(0);
	}

	private @Nullable Message take(long millis) throws JMSException {
		StompDelivery delivery = next(millis);
		return (delivery != null) ? this.session.taken(delivery) : null;
	}

	private synchronized @Nullable StompDelivery next(long millis) throws JMSException {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (!this.closed && !this.session.isClosed()) {
			this.session.check();
			StompDelivery delivery = this.session.isStarted() ? this.ahead.pollFirst() : null;
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			if (delivery != null || left <= 0) {
				return delivery;
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return null;
			}
		}
		return null;
	}

	@Override
	public @Nullable String getMessageSelector() {
		return this.selector;
	}

	@Override
	public @Nullable MessageListener getMessageListener() {
		return null;
	}

	@Override
	public void setMessageListener(@Nullable MessageListener listener) throws JMSException {
		throw new JMSException("This broker's client does not support listeners of a consumer");
	}

	@Override
	public void close() throws JMSException {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			notifyAll();
		}
		this.session.closed(this);
	}

}
