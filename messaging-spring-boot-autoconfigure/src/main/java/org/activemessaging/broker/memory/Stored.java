package org.activemessaging.broker.memory;

import jakarta.jms.JMSException;
import org.apache.activemq.command.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message in a queue. Nobody changes the message itself: consumers get copies.
 */
final class Stored {

	private final MemoryQueue queue;

	private final ActiveMQMessage message;

	private final long storedAt;

	private final long dueAt;

	private long sequence;

	private int deliveries;

	/**
	 * Creates it.
	 * @param queue the queue that it is in
	 * @param message the message
	 * @param sequence its place among messages of the same priority
	 * @param storedAt when it was sent
	 * @param dueAt when consumers may have it
	 */
	Stored(MemoryQueue queue, ActiveMQMessage message, long sequence, long storedAt, long dueAt) {
		this.queue = queue;
		this.message = message;
		this.sequence = sequence;
		this.storedAt = storedAt;
		this.dueAt = dueAt;
	}

	MemoryQueue queue() {
		return this.queue;
	}

	ActiveMQMessage message() {
		return this.message;
	}

	@Nullable String group() {
		return this.message.getGroupID();
	}

	int priority() {
		return this.message.getPriority();
	}

	long sequence() {
		return this.sequence;
	}

	// What was held back stands behind what came meanwhile.
	void sequence(long sequence) {
		this.sequence = sequence;
	}

	long storedAt() {
		return this.storedAt;
	}

	long dueAt() {
		return this.dueAt;
	}

	boolean isExpired(long now) {
		long expiration = this.message.getExpiration();
		return expiration > 0 && expiration <= now;
	}

	void delivered() {
		this.deliveries++;
	}

	/**
	 * Returns the message as a consumer gets it.
	 */
	ActiveMQMessage copy() throws JMSException {
		ActiveMQMessage copy = (ActiveMQMessage) this.message.copy();
		copy.setRedeliveryCounter(Math.max(0, this.deliveries - 1));
		copy.setReadOnlyBody(true);
		copy.setReadOnlyProperties(true);
		return copy;
	}

}
