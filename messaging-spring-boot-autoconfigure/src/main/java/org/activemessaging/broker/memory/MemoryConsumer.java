package org.activemessaging.broker.memory;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.facade.FacadeConsumer;
import org.apache.activemq.command.ActiveMQDestination;
import org.jspecify.annotations.Nullable;

/**
 * A consumer. Nothing is ever handed to it ahead.
 */
final class MemoryConsumer implements FacadeConsumer {

	private final AtomicBoolean closed = new AtomicBoolean();

	private final MemorySession session;

	private final Selector selector;

	private final MemoryQueue queue;

	MemoryConsumer(MemorySession session, ActiveMQDestination address, Selector selector) {
		this.session = session;
		this.selector = selector;
		String name = address.getPhysicalName();
		this.queue = address.isTopic() ? session.broker().subscribe(name) : session.broker().open(name);
	}

	MemoryQueue queue() {
		return this.queue;
	}

	boolean isClosed() {
		return this.closed.get();
	}

	/**
	 * Takes a message. For the broker, which holds its lock.
	 */
	@Nullable Stored take(long now) throws JMSException {
		return this.session.connection().isStarted() ? this.queue.take(this.session, this.selector, now) : null;
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
