package org.activemessaging.listener;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * Decides whether the broker may hand messages ahead to the consumers of a processor: not
 * before it is known what kind of messages come, and none that have an order to keep.
 * What several consumers had been handed and not begun when their application died, the
 * broker puts back in another order.
 */
final class Prefetching {

	/**
	 * How many messages without a message group are seen before others are handed ahead.
	 */
	static final int SAMPLE = 100;

	private final AtomicInteger unseen;

	private final MessageOrder order;

	private volatile boolean never;

	/**
	 * Creates the decision for all consumers of a processor.
	 * @param order which messages have an order to keep
	 * @param never whether it is known that none may be handed ahead
	 * @param sample how many messages are seen before others are handed ahead
	 */
	Prefetching(MessageOrder order, boolean never, int sample) {
		this.unseen = new AtomicInteger(sample);
		this.order = order;
		this.never = never;
	}

	/**
	 * Looks at messages of a transaction.
	 * @param window the messages
	 * @throws JMSException if one cannot be read
	 */
	void notice(Window window) throws JMSException {
		for (int i = 0; i < window.size() && !this.never; i++) {
			notice(window.message(i));
		}
	}

	/**
	 * Looks at a message.
	 * @param message the message
	 * @throws JMSException if it cannot be read
	 */
	void notice(Message message) throws JMSException {
		if (!this.never && this.order.holds(message)) {
			this.never = true;
		}
		else if (this.unseen.get() > 0) {
			this.unseen.decrementAndGet();
		}
	}

	/**
	 * Tells whether messages may be handed ahead.
	 * @return whether none has been seen so far that may not
	 */
	boolean isAllowed() {
		return !this.never && this.unseen.get() <= 0;
	}

	/**
	 * Tells whether messages will never be handed ahead.
	 * @return whether one was seen that may not
	 */
	boolean isNever() {
		return this.never;
	}

}
