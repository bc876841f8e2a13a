package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a broker refused a message for good: its destination is not valid, or the
 * user may not write to it. Publishing the message again does not help.
 *
 * @since 0.1.0
 */
public class PublishRefusedException extends PublishException {

	/**
	 * Creates an exception.
	 * @param destination the logical name of the destination
	 * @param message what went wrong, without credentials
	 * @param cause the cause
	 */
	public PublishRefusedException(String destination, String message, @Nullable Throwable cause) {
		super(destination, message, cause);
	}

}
