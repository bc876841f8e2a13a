package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a processor or a filter to give up on a message: it is moved to the dead
 * letters now, as no redelivery can help.
 *
 * @since 0.1.0
 */
public class RejectMessageException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message why the message can never be processed
	 */
	public RejectMessageException(@Nullable String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message why the message can never be processed
	 * @param cause the cause
	 */
	public RejectMessageException(@Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
