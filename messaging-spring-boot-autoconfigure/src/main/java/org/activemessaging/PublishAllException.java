package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when not all of several messages were published. They are published in order, so
 * two numbers tell what the broker has: the first {@link #getPublished()} messages for
 * certain, of the next {@link #getUncertain()} nobody knows, and those behind them it has
 * not got for certain.
 *
 * @since 0.1.0
 */
public class PublishAllException extends PublishException {

	/**
	 * How many messages the broker has for certain.
	 */
	private final int published;

	/**
	 * Of how many more nobody knows.
	 */
	private final int uncertain;

	/**
	 * Creates an exception.
	 * @param destination the logical name of the destination
	 * @param message what went wrong, without credentials
	 * @param published how many messages the broker has for certain
	 * @param uncertain of how many more nobody knows
	 * @param cause the cause
	 */
	public PublishAllException(String destination, String message, int published, int uncertain,
			@Nullable Throwable cause) {
		super(destination, message, cause);
		this.published = published;
		this.uncertain = uncertain;
	}

	/**
	 * Returns how many messages the broker has for certain.
	 * @return the number of messages from the first one on
	 */
	public int getPublished() {
		return this.published;
	}

	/**
	 * Returns of how many messages nobody knows whether the broker has them.
	 * @return the number of messages behind those that it has for certain
	 */
	public int getUncertain() {
		return this.uncertain;
	}

}
