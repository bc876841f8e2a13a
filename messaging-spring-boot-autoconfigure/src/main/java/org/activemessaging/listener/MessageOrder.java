package org.activemessaging.listener;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.processor.OrderKey;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a processor have an order to keep: those of message groups, or all if
 * the processor says by what they are ordered.
 */
final class MessageOrder {

	private final @Nullable OrderKey key;

	private final long maxPayloadSize;

	MessageOrder(@Nullable OrderKey key, long maxPayloadSize) {
		this.key = key;
		this.maxPayloadSize = maxPayloadSize;
	}

	/**
	 * Tells whether a message has an order to keep.
	 * @param message the message
	 * @return whether it may be overtaken by none behind it
	 * @throws JMSException if the message cannot be read
	 */
	boolean holds(Message message) throws JMSException {
		return this.key != null || Delivery.isGrouped(message);
	}

	/**
	 * Returns what a message shares with those that it must not be processed with at
	 * once.
	 * @param message the message
	 * @return the key, or {@code null} if there are none
	 * @throws JMSException if the message cannot be read
	 */
	@Nullable String key(Message message) throws JMSException {
		if (this.key == null) {
			return message.getStringProperty(MessagingHeaders.GROUP);
		}
		try {
			return this.key.of(InboundMessages.read(message, this.maxPayloadSize));
		}
		catch (RuntimeException ex) {
			// Its turn comes, and then it goes to the dead letters.
			return OrderKey.UNKNOWN;
		}
	}

}
