package org.activemessaging.payload;

import java.util.Map;

import org.activemessaging.PublishException;
import org.jspecify.annotations.Nullable;

/**
 * Tells which message group a message is published in.
 *
 * @since 0.1.0
 */
public final class MessageGroupKey {

	private final MessageExpression expression;

	private final String origin;

	/**
	 * Creates a key.
	 * @param expression the expression, see {@link MessageExpression}
	 * @param origin the property or the annotation that it comes from, for people
	 * @throws IllegalArgumentException if the expression is wrong; its message says why
	 */
	public MessageGroupKey(String expression, String origin) {
		this.expression = new MessageExpression(expression);
		this.origin = origin;
	}

	/**
	 * Returns the message group of a message.
	 * @param destination the logical name of the destination
	 * @param payload the object that is published
	 * @param headers the headers that it is published with
	 * @return the message group, or {@code null} if it is in none
	 * @throws PublishException if it cannot be found out; its message tells nothing of
	 * the payload
	 */
	public @Nullable String of(String destination, Object payload, Map<String, ?> headers) {
		try {
			String key = this.expression.of(() -> payload, headers);
			return (key != null && !key.isEmpty()) ? key : null;
		}
		catch (RuntimeException ex) {
			throw new PublishException(destination,
					"A message to destination '" + destination + "' was not published, as its message group '"
							+ this.expression + "' (" + this.origin + ") cannot be found out for an object of type "
							+ payload.getClass().getName() + ": " + ex.getClass().getSimpleName(),
					ex);
		}
	}

}
