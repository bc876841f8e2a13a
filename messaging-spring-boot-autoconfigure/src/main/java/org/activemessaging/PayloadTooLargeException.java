package org.activemessaging;

/**
 * Thrown when a message is larger than what is taken, before its payload is looked at. It
 * goes to the dead letters at once.
 *
 * @since 0.1.0
 */
public class PayloadTooLargeException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param size the size of the payload, in bytes or characters
	 * @param max the largest size that is taken
	 */
	public PayloadTooLargeException(long size, long max) {
		super("The payload has a size of " + size + ", but at most " + max
				+ " is taken ('messaging.listener.max-payload-size')");
	}

	/**
	 * Creates an exception for a payload of which nobody knows how large it would be.
	 * @param max the largest size that is taken, in bytes
	 */
	public PayloadTooLargeException(long max) {
		super("The payload is larger than " + max + " bytes when it is decompressed, which is not taken"
				+ " ('messaging.listener.max-payload-size')");
	}

}
