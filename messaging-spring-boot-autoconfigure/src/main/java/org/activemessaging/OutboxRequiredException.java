package org.activemessaging;

/**
 * Thrown when an idempotent processor publishes outside of its database transaction,
 * above all when the outbox is switched off. A crash could lose such a message, as the
 * one being processed is not processed again.
 *
 * @since 0.1.0
 */
public class OutboxRequiredException extends PublishException {

	/**
	 * Creates an exception.
	 * @param destination the logical name of the destination
	 * @param message what went wrong, and what to do about it
	 */
	public OutboxRequiredException(String destination, String message) {
		super(destination, message, null);
	}

}
