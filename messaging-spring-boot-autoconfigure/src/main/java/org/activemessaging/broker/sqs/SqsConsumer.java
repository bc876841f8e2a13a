package org.activemessaging.broker.sqs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.facade.FacadeConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer with the messages that were handed to it ahead. It is used by the thread of
 * its session; only what is received comes from another one.
 */
final class SqsConsumer implements FacadeConsumer {

	private static final int MOST_AT_ONCE = 10;

	private final Deque<SqsReceived> ahead = new ArrayDeque<>();

	private final SqsSession session;

	private final SqsConnection connection;

	private final String queue;

	private final int prefetch;

	private final SqsPoll poll;

	private @Nullable JMSException failure;

	private boolean wanting;

	private boolean waiting;

	private boolean closed;

	SqsConsumer(SqsSession session, SqsConnection connection, String queue, int prefetch) {
		this.session = session;
		this.connection = connection;
		this.queue = queue;
		this.prefetch = prefetch;
		this.poll = connection.poll(queue);
	}

	String queue() {
		return this.queue;
	}

	/**
	 * Tells how many messages are to be asked for.
	 */
	synchronized int wanted() {
		int room = this.prefetch - this.ahead.size() + (this.waiting ? 1 : 0);
		return Math.max(1, Math.min(MOST_AT_ONCE, room));
	}

	/**
	 * Takes messages that were asked for.
	 * @param received the messages
	 * @return how many of them, from the first, are taken
	 */
	synchronized int accept(List<SqsReceived> received) {
		this.wanting = false;
		if (this.closed || (this.prefetch == 0 && !this.waiting)) {
			return 0;
		}
		int taken = Math.min(wanted(), received.size());
		this.ahead.addAll(received.subList(0, taken));
		notifyAll();
		return taken;
	}

	synchronized void fail(JMSException reason) {
		this.wanting = false;
		this.failure = reason;
		notifyAll();
	}

	@Override
	public @Nullable Message receive() throws JMSException {
		return receive(0);
	}

	@Override
	public @Nullable Message receive(long timeout) throws JMSException {
		long deadline = (timeout == 0) ? Long.MAX_VALUE : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeout);
		SqsReceived received = await(timeout == 0, deadline);
		while (received != null) {
			Message message = taken(received);
			if (message != null) {
				return message;
			}
			received = await(timeout == 0, deadline);
		}
		return null;
	}

	@Override
	public @Nullable Message receiveNoWait() throws JMSException {
		SqsReceived received = next();
		while (received != null) {
			Message message = taken(received);
			if (message != null) {
				return message;
			}
			received = next();
		}
		return null;
	}

	private @Nullable Message taken(SqsReceived received) throws JMSException {
		refill();
		return this.session.take(received);
	}

	private synchronized @Nullable SqsReceived await(boolean forEver, long deadline) throws JMSException {
		checkOpen();
		this.waiting = true;
		try {
			while (!this.closed) {
				SqsReceived received = this.connection.isStarted() ? this.ahead.poll() : null;
				if (received != null) {
					return received;
				}
				long left = forEver ? Long.MAX_VALUE : deadline - System.nanoTime();
				throwFailure();
				if (left <= 0) {
					return null;
				}
				want();
				// A connection that is started tells nobody.
				long most = this.connection.isStarted() ? 60_000 : 20;
				wait(Math.max(1, Math.min(most, TimeUnit.NANOSECONDS.toMillis(left))));
			}
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		finally {
			this.waiting = false;
			if (this.prefetch == 0 && this.wanting) {
				// Nothing is to be handed to a consumer that does not wait for it.
				this.poll.forget(this);
				this.wanting = false;
			}
		}
	}

	// With no message handed ahead, one is fetched by this call and no other: it must not
	// wait for its turn in the memory of an application that may die.
	private @Nullable SqsReceived next() throws JMSException {
		synchronized (this) {
			checkOpen();
			SqsReceived received = this.connection.isStarted() ? this.ahead.poll() : null;
			if (received != null || !this.connection.isStarted()) {
				return received;
			}
			throwFailure();
			if (this.prefetch > 0) {
				want();
				return null;
			}
		}
		List<SqsReceived> received = this.connection.receiveNow(this.queue);
		return received.isEmpty() ? null : received.get(0);
	}

	private synchronized void refill() {
		int room = this.prefetch - this.ahead.size();
		if (room > 0 && this.ahead.size() <= this.prefetch / 2 && !this.closed) {
			want();
		}
	}

	private void want() {
		if (!this.wanting && this.connection.isStarted()) {
			this.wanting = true;
			this.poll.want(this);
		}
	}

	private void throwFailure() throws JMSException {
		JMSException current = this.failure;
		if (current != null) {
			this.failure = null;
			throw current;
		}
	}

	private void checkOpen() throws JMSException {
		if (this.closed) {
			throw new jakarta.jms.IllegalStateException("The consumer of queue " + this.queue + " is closed");
		}
	}

	/**
	 * Gives up what nobody has seen.
	 * @return the rights to it, in the order in which it was received
	 */
	synchronized List<SqsLease> drain() {
		List<SqsLease> leases = new ArrayList<>(this.ahead.stream().map(SqsReceived::lease).toList());
		this.ahead.clear();
		return leases;
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
		this.poll.forget(this);
		this.session.closed(this);
		List<SqsLease> leases = drain();
		if (!leases.isEmpty()) {
			Collections.reverse(leases);
			this.connection.leases().giveBackUnseen(leases);
		}
	}

}
