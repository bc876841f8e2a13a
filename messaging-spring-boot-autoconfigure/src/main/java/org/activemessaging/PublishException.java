package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a message was not published. Unless it is a
 * {@link PublishUncertainException} or, for several messages, a
 * {@link PublishAllException}, it is certain that the broker does not have the message,
 * and publishing it again cannot double it.
 *
 * @since 0.1.0
 * @see PublishUncertainException
 * @see PublishAllException
 */
public class PublishException extends RuntimeException {

	/**
	 * Logical name of the destination.
	 */
	private final String destination;

	/**
	 * Creates an exception.
	 * @param destination the logical name of the destination
	 * @param message what went wrong, without credentials
	 * @param cause the cause
	 */
	public PublishException(String destination, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.destination = destination;
	}

	/**
	 * Returns the destination.
	 * @return the logical name of the destination
	 */
	public String getDestination() {
		return this.destination;
	}

}
