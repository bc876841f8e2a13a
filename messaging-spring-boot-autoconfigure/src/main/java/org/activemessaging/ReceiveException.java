package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when nobody could be asked for a message, or when the broker did not confirm
 * that one is done. No message is lost by it: one that was handled may come again.
 *
 * @since 0.1.0
 * @see MessageReceiver
 */
public class ReceiveException extends RuntimeException {

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
	public ReceiveException(String destination, String message, @Nullable Throwable cause) {
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
