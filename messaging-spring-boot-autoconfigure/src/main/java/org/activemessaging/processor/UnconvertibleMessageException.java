package org.activemessaging.processor;

/**
 * Thrown when a message cannot be made into what a processor takes. Trying again would
 * not help.
 *
 * @since 0.1.0
 */
public class UnconvertibleMessageException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param processor the method that was to be called
	 * @param cause the cause
	 */
	public UnconvertibleMessageException(String processor, Throwable cause) {
		super(processor + " cannot take the message: " + cause.getMessage(), cause);
	}

}
