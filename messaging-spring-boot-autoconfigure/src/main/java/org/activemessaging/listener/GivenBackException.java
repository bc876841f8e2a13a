package org.activemessaging.listener;

/**
 * Thrown when the messages of the transaction have to go back to the broker.
 */
final class GivenBackException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	GivenBackException() {
		super("given back to the broker", null, false, false);
	}

}
