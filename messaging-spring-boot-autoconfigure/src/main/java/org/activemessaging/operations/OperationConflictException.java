package org.activemessaging.operations;

/**
 * Thrown when an operation is asked for that another one, or its own state, is in the way
 * of.
 *
 * @since 0.1.0
 */
public class OperationConflictException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what is in the way
	 */
	public OperationConflictException(String message) {
		super(message);
	}

}
