package org.activemessaging.deadletter;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingHeaders;

/**
 * Tells what a message is, without looking at its body.
 *
 * @since 0.1.0
 */
public final class MessageType {

	private MessageType() {
	}

	/**
	 * Returns the type that the sender gave a message.
	 * @param message the message
	 * @return its {@code JMSType}, else its content type, else the kind of its body
	 * @throws JMSException if the message cannot be read
	 */
	public static String of(Message message) throws JMSException {
		String type = message.getJMSType();
		if (type == null || type.isEmpty()) {
			type = message.getStringProperty(MessagingHeaders.CONTENT_TYPE);
		}
		return (type == null || type.isEmpty()) ? kindOf(message) : FailureHeaders.clean(type);
	}

	/**
	 * Returns the kind of the body.
	 * @param message the message
	 * @return {@code text}, {@code bytes}, {@code map}, {@code object} or {@code other}
	 */
	public static String kindOf(Message message) {
		if (message instanceof TextMessage) {
			return "text";
		}
		if (message instanceof BytesMessage) {
			return "bytes";
		}
		if (message instanceof MapMessage) {
			return "map";
		}
		return (message instanceof ObjectMessage) ? "object" : (message instanceof StreamMessage) ? "stream" : "other";
	}

}
