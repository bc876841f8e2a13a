package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a processor or a filter to give a message back: it is tried again later,
 * after the next delay of the redelivery policy, without the immediate tries before it.
 *
 * @since 0.1.0
 */
public class AbortMessageException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param message why the message cannot be processed now
	 */
	public AbortMessageException(@Nullable String message) {
		super(message);
	}

	/**
	 * Creates an exception with a cause.
	 * @param message why the message cannot be processed now
	 * @param cause the cause
	 */
	public AbortMessageException(@Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
