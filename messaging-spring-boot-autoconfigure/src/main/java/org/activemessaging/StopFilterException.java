package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a filter to stop a message, with the same effect as not proceeding: an
 * inbound message is acknowledged without being processed, an outbound one is not sent.
 *
 * @since 0.1.0
 */
public class StopFilterException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message why the message is stopped
	 */
	public StopFilterException(@Nullable String message) {
		super(message);
	}

}
