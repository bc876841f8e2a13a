package org.activemessaging.idempotent;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.RejectMessageException;
import org.activemessaging.payload.ExpressionAccess;
import org.activemessaging.payload.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.EvaluationException;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.support.SimpleEvaluationContext;
import org.springframework.jms.support.JmsHeaders;
import org.springframework.messaging.Message;

/**
 * What two messages have in common when they are one and the same: by default their id,
 * else the value of an expression over headers and payload.
 *
 * @since 0.1.0
 */
public final class MessageKey {

	private static final String[] IDS = { MessagingHeaders.ID, MessagingHeaders.ORIGINAL_MESSAGE_ID,
			JmsHeaders.MESSAGE_ID };

	private final @Nullable Expression expression;

	private final EvaluationContext context;

	/**
	 * Creates a key.
	 * @param expression an expression of Spring's expression language over
	 * {@code headers} and {@code payload}, or {@code null} for the id of the message
	 * @param converter what reads payloads
	 * @throws IllegalArgumentException if the expression is wrong; its message says why
	 */
	public MessageKey(@Nullable String expression, PayloadConverter converter) {
		this.expression = (expression != null) ? ExpressionAccess.PROPERTIES.parse(expression) : null;
		this.context = SimpleEvaluationContext.forPropertyAccessors(new KeyAccessor(converter)).build();
	}

	/**
	 * Returns the key of a message.
	 * @param message the message
	 * @return the key
	 * @throws RejectMessageException if the message has none, which no further try mends
	 */
	public String of(Message<?> message) {
		Object key = (this.expression != null) ? evaluate(this.expression, message) : id(message);
		if (key == null || key.toString().isEmpty()) {
			throw new RejectMessageException(
					"The message has no key by which to know it again: " + ((this.expression != null)
							? "'" + this.expression.getExpressionString() + "' has no value" : "it has no id"));
		}
		return key.toString();
	}

	private @Nullable Object evaluate(Expression expression, Message<?> message) {
		try {
			return expression.getValue(this.context, message);
		}
		catch (EvaluationException ex) {
			throw new RejectMessageException("The key '" + expression.getExpressionString()
					+ "' cannot be taken from the message: " + ex.getMessage(), ex);
		}
	}

	private static @Nullable Object id(Message<?> message) {
		for (String name : IDS) {
			Object id = message.getHeaders().get(name);
			if (id != null) {
				return id;
			}
		}
		return null;
	}

}
