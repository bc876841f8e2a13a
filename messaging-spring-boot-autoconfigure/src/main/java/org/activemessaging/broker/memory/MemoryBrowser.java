package org.activemessaging.broker.memory;

import java.util.Collections;
import java.util.Enumeration;

import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is in a queue when it is asked.
 *
 * @param broker the broker
 * @param queue the queue
 * @param selector what is shown
 */
record MemoryBrowser(MemoryBroker broker, Queue queue, Selector selector) implements QueueBrowser {

	@Override
	public Queue getQueue() {
		return this.queue;
	}

	@Override
	public @Nullable String getMessageSelector() {
		return this.selector.text();
	}

	@Override
	public Enumeration<?> getEnumeration() throws JMSException {
		return Collections
			.enumeration(this.broker.browse(MemorySession.address(this.queue).getPhysicalName(), this.selector));
	}

	@Override
	public void close() {
	}

}
