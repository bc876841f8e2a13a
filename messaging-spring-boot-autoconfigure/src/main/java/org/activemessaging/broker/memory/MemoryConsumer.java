package org.activemessaging.broker.memory;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.broker.facade.FacadeConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer. Nothing is ever handed to it ahead.
 */
final class MemoryConsumer implements FacadeConsumer {

	private final AtomicBoolean closed = new AtomicBoolean();

	private final MemorySession session;

	private final Selector selector;

	private final MemoryQueue queue;

	private final boolean ofPattern;

	private int turn;

	MemoryConsumer(MemorySession session, MemoryQueue queue, Selector selector, boolean topic) {
		this.session = session;
		this.selector = selector;
		this.queue = queue;
		this.ofPattern = !topic && NamePattern.isPattern(queue.name());
	}

	MemoryQueue queue() {
		return this.queue;
	}

	boolean isClosed() {
		return this.closed.get();
	}

	boolean isOfPattern() {
		return this.ofPattern;
	}

	/**
	 * Takes a message. For the broker, which holds its lock.
	 */
	@Nullable Stored take(List<MemoryQueue> queues, long now) throws JMSException {
		if (!this.session.connection().isStarted()) {
			return null;
		}
		for (int i = 0; i < queues.size(); i++) {
			// Each queue has its turn, so that none waits for another to be empty.
			int next = Math.floorMod(this.turn + i, queues.size());
			Stored message = queues.get(next).take(this.session, this.selector, now);
			if (message != null) {
				this.turn = next + 1;
				return message;
			}
		}
		return null;
	}

	@Override
	public @Nullable Message receive() throws JMSException {
		return receiveWithin(Long.MAX_VALUE);
	}

	@Override
	public @Nullable Message receive(long timeout) throws JMSException {
		return receiveWithin((timeout == 0) ? Long.MAX_VALUE : timeout);
	}

	@Override
	public @Nullable Message receiveNoWait() throws JMSException {
		return receiveWithin(0);
	}

	private @Nullable Message receiveWithin(long timeout) throws JMSException {
		if (this.closed.get()) {
			throw new jakarta.jms.IllegalStateException("The consumer of " + this.queue.name() + " is closed");
		}
		Stored stored = this.session.broker().take(this, timeout);
		return (stored != null) ? this.session.take(stored) : null;
	}

	@Override
	public @Nullable String getMessageSelector() {
		return this.selector.text();
	}

	// What was received stays with the session.
	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.session.broker().close(this.queue);
			this.session.closed(this);
		}
	}

}
