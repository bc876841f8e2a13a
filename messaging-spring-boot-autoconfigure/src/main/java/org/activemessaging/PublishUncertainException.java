package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when nobody knows whether the broker has a message: it was sent, but no answer
 * came in time. A message published again should carry the same id, so that a consumer
 * can tell.
 *
 * @since 0.1.0
 */
public class PublishUncertainException extends PublishException {

	/**
	 * Id of the message.
	 */
	private final String messageId;

	/**
	 * Creates an exception.
	 * @param destination the logical name of the destination
	 * @param messageId the {@link MessagingHeaders#ID} of the message
	 * @param message what went wrong, without credentials
	 * @param cause the cause
	 */
	public PublishUncertainException(String destination, String messageId, String message, @Nullable Throwable cause) {
		super(destination, message, cause);
		this.messageId = messageId;
	}

	/**
	 * Returns the id of the message.
	 * @return the value of its header {@link MessagingHeaders#ID}
	 */
	public String getMessageId() {
		return this.messageId;
	}

}
