package org.activemessaging.processor;

import org.activemessaging.payload.MessageExpression;
import org.activemessaging.payload.PayloadConverter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;

/**
 * What tells which messages have to be processed one after the other.
 *
 * @since 0.1.0
 * @see org.activemessaging.OrderedBy
 */
public final class OrderKey {

	/**
	 * The key of messages whose own cannot be found out.
	 */
	public static final String UNKNOWN = "\0unknown";

	private static final Log logger = LogFactory.getLog(OrderKey.class);

	private final MessageExpression expression;

	private final PayloadConverter converter;

	private final @Nullable MethodParameter payload;

	/**
	 * Creates a key.
	 * @param expression the expression
	 * @param converter what reads payloads
	 * @param payload the parameter that the payload is given to, or {@code null} if there
	 * is none
	 * @throws IllegalArgumentException if the expression is wrong; its message says why
	 */
	OrderKey(String expression, PayloadConverter converter, @Nullable MethodParameter payload) {
		this.expression = new MessageExpression(expression);
		this.converter = converter;
		this.payload = payload;
	}

	/**
	 * Returns the key of a message.
	 * @param message the message, as it was read
	 * @return the key, or {@code null} if it has none and is in no order
	 */
	public @Nullable String of(Message<?> message) {
		try {
			return this.expression.of(() -> convert(message), message.getHeaders());
		}
		catch (RuntimeException ex) {
			logger.debug("The key of a message cannot be found out", ex);
			return UNKNOWN;
		}
	}

	private Object convert(Message<?> message) {
		MethodParameter parameter = this.payload;
		if (parameter == null) {
			return message.getPayload();
		}
		Class<?> type = Message.class.isAssignableFrom(parameter.getParameterType())
				? parameter.nested().getNestedParameterType() : parameter.getParameterType();
		Object converted = this.converter.fromMessage(message, type, parameter);
		return (converted != null) ? converted : message.getPayload();
	}

}
