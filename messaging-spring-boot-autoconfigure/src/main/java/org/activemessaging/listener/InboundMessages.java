package org.activemessaging.listener;

import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import org.activemessaging.Acknowledgment;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsHeaders;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.GenericMessage;

/**
 * Reads messages of Jakarta Messaging: text, bytes and maps, with the header names that
 * Spring uses for them. A serialised object is refused without being looked at.
 *
 * @since 0.1.0
 * @see JmsHeaders
 */
public final class InboundMessages {

	private InboundMessages() {
	}

	/**
	 * Reads a message.
	 * @param message the message as it was received
	 * @param maxPayloadSize the largest payload that is taken, in bytes or characters
	 * @return the message with its payload as text, bytes or a map
	 * @throws JMSException if the broker's client cannot read it
	 * @throws PayloadTooLargeException if the payload is too large
	 * @throws MessageConversionException if it is of a kind that is not accepted
	 */
	public static org.springframework.messaging.Message<?> read(Message message, long maxPayloadSize)
			throws JMSException {
		return read(message, null, maxPayloadSize);
	}

	/**
	 * Reads a message of a destination that may have a wildcard.
	 * @param message the message as it was received
	 * @param source where it was published, for {@link MessagingHeaders#SOURCE}, or
	 * {@code null} if nothing is to be said about that
	 * @param maxPayloadSize the largest payload that is taken, in bytes or characters
	 * @return the message with its payload as text, bytes or a map
	 * @throws JMSException if the broker's client cannot read it
	 * @throws PayloadTooLargeException if the payload is too large
	 * @throws MessageConversionException if it is of a kind that is not accepted
	 */
	public static org.springframework.messaging.Message<?> read(Message message, @Nullable String source,
			long maxPayloadSize) throws JMSException {
		return read(message, source, null, maxPayloadSize);
	}

	static org.springframework.messaging.Message<?> read(Message message, @Nullable String source,
			@Nullable Acknowledgment acknowledgment, long maxPayloadSize) throws JMSException {
		return new GenericMessage<>(payload(message, maxPayloadSize),
				new InboundHeaders(message, source, acknowledgment));
	}

	private static Object payload(Message message, long maxPayloadSize) throws JMSException {
		if (message instanceof TextMessage text) {
			String value = text.getText();
			if (value == null) {
				return "";
			}
			check(value.length(), maxPayloadSize);
			return value;
		}
		if (message instanceof BytesMessage bytes) {
			bytes.reset();
			check(bytes.getBodyLength(), maxPayloadSize);
			byte[] value = new byte[Math.toIntExact(bytes.getBodyLength())];
			bytes.readBytes(value);
			return value;
		}
		if (message instanceof MapMessage map) {
			return entries(map);
		}
		if (message instanceof ObjectMessage) {
			throw new MessageConversionException("Serialised Java objects are not accepted");
		}
		if (message instanceof StreamMessage) {
			throw new MessageConversionException("Stream messages are not accepted");
		}
		return new byte[0];
	}

	private static void check(long size, long max) {
		if (size > max) {
			throw new PayloadTooLargeException(size, max);
		}
	}

	private static Map<String, Object> entries(MapMessage map) throws JMSException {
		Map<String, Object> entries = new LinkedHashMap<>();
		Enumeration<?> names = map.getMapNames();
		while (names.hasMoreElements()) {
			String name = (String) names.nextElement();
			entries.put(name, map.getObject(name));
		}
		return entries;
	}

	private static void set(Map<String, Object> headers, String name, @Nullable Object value) {
		if (value != null) {
			headers.put(name, value);
		}
	}

	/**
	 * Headers without an id and a time of their own, which nobody would read.
	 */
	private static final class InboundHeaders extends MessageHeaders {

		private static final long serialVersionUID = 1L;

		// Written in place: of a map that is handed over, the base class makes a copy.
		InboundHeaders(Message message, @Nullable String source, @Nullable Acknowledgment acknowledgment)
				throws JMSException {
			super(null, ID_VALUE_NONE, -1L);
			Map<String, Object> headers = getRawHeaders();
			set(headers, JmsHeaders.MESSAGE_ID, message.getJMSMessageID());
			set(headers, JmsHeaders.CORRELATION_ID, message.getJMSCorrelationID());
			set(headers, JmsHeaders.REPLY_TO, message.getJMSReplyTo());
			set(headers, JmsHeaders.DESTINATION, message.getJMSDestination());
			set(headers, JmsHeaders.TYPE, message.getJMSType());
			headers.put(JmsHeaders.TIMESTAMP, message.getJMSTimestamp());
			headers.put(JmsHeaders.PRIORITY, message.getJMSPriority());
			headers.put(JmsHeaders.REDELIVERED, message.getJMSRedelivered());
			headers.put(JmsHeaders.DELIVERY_MODE, message.getJMSDeliveryMode());
			headers.put(JmsHeaders.EXPIRATION, message.getJMSExpiration());
			Enumeration<?> names = message.getPropertyNames();
			while (names.hasMoreElements()) {
				String name = (String) names.nextElement();
				set(headers, name, message.getObjectProperty(name));
			}
			set(headers, MessagingHeaders.SOURCE, source);
			set(headers, MessagingHeaders.ACKNOWLEDGMENT, acknowledgment);
			// Spring's own, which a property of a message must not stand for.
			headers.remove(ID);
			headers.remove(TIMESTAMP);
		}

	}

}
