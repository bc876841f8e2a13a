package org.activemessaging.operations;

/**
 * Thrown when an operation is asked for that the configuration does not allow.
 *
 * @since 0.1.0
 */
public class OperationForbiddenException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what would allow it
	 */
	public OperationForbiddenException(String message) {
		super(message);
	}

}
