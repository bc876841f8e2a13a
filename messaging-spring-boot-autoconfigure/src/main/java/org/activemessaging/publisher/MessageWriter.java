package org.activemessaging.publisher;

import java.util.Map;

import jakarta.jms.JMSException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.payload.MessageGroupKey;
import org.activemessaging.payload.PayloadConverter;
import org.activemessaging.payload.WrittenPayload;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * Makes a message of an object: what comes before the filters.
 *
 * @since 0.1.0
 */
public final class MessageWriter {

	private final PayloadConverter converter;

	private final Map<String, MessageGroupKey> messageGroups;

	/**
	 * Creates a writer.
	 * @param converter what writes payloads
	 * @param messageGroups the message groups of destinations that have them, by logical
	 * name
	 */
	public MessageWriter(PayloadConverter converter, Map<String, MessageGroupKey> messageGroups) {
		this.converter = converter;
		this.messageGroups = Map.copyOf(messageGroups);
	}

	/**
	 * Writes a message.
	 * @param destination where it is published to
	 * @param contentType how the payload is written
	 * @param headers its headers, to which some are added
	 * @param payload the object
	 * @return the message
	 * @throws JMSException if it can have no id in the transaction that it is part of
	 */
	Message<?> write(NamedDestination destination, String contentType, Map<String, Object> headers, Object payload)
			throws JMSException {
		MessageGroupKey messageGroup = this.messageGroups.get(destination.name());
		if (messageGroup != null && !headers.containsKey(MessagingHeaders.GROUP)) {
			String group = messageGroup.of(destination.name(), payload, headers);
			if (group != null) {
				headers.put(MessagingHeaders.GROUP, group);
			}
		}
		WrittenPayload written = this.converter.write(payload, contentType, destination.name());
		headers.putAll(written.headers());
		// From now on, however long an outbox keeps it.
		Object delay = headers.remove(OutboundHeaders.DELAY);
		if (delay != null && OutboundHeaders.delay(delay) > 0) {
			headers.put(MessagingHeaders.DUE_AT, destination.broker().clock().millis() + OutboundHeaders.delay(delay));
		}
		if (!headers.containsKey(MessagingHeaders.ID)) {
			ConsumerTransaction transaction = ConsumerTransaction.current();
			headers.put(MessagingHeaders.ID, (transaction != null)
					? MessageIds.derived(transaction, destination.name(), written.content()) : MessageIds.next());
		}
		return new GenericMessage<>(written.content(), headers);
	}

}
