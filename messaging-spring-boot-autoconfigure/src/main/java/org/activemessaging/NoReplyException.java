package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request got no reply in its time. Nobody knows whether it was processed;
 * a reply that comes later is dropped.
 *
 * @since 0.1.0
 * @see MessageRequester
 */
public class NoReplyException extends RuntimeException {

	/**
	 * Logical name of the destination.
	 */
	private final String destination;

	/**
	 * Creates an exception.
	 * @param destination the logical name of the destination of the request
	 * @param message what went wrong, without credentials
	 * @param cause the cause
	 */
	public NoReplyException(String destination, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.destination = destination;
	}

	/**
	 * Returns the destination.
	 * @return the logical name of the destination of the request
	 */
	public String getDestination() {
		return this.destination;
	}

}
