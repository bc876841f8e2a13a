package org.activemessaging.operations;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a broker could not be asked, or did not answer in time.
 *
 * @since 0.1.0
 */
public class BrokerSilentException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what is wrong, without credentials
	 * @param cause the failure, if there was one
	 */
	public BrokerSilentException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
