package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;

import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message with text.
 */
final class StompTextMessage extends StompMessage implements TextMessage {

	private @Nullable String text;

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public void setText(@Nullable String text) {
		this.text = text;
	}

	@Override
	public @Nullable String getText() {
		return this.text;
	}

	@Override
	byte[] content() {
		return bytes((this.text != null) ? this.text : "");
	}

	@Override
	boolean isText() {
		return true;
	}

	@Override
	public void clearBody() {
		this.text = null;
	}

	@Override
	public <T> @Nullable T getBody(Class<T> type) throws JMSException {
		if (!isBodyAssignableTo(type)) {
			throw new MessageFormatException("The body is text");
		}
		return type.cast(this.text);
	}

	@Override
	@SuppressWarnings("rawtypes")
	public boolean isBodyAssignableTo(Class type) {
		return type == String.class || type == CharSequence.class || type == Object.class;
	}

}
