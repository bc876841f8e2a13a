package org.activemessaging.processor;

import org.activemessaging.MessagingConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a processor cannot be what its annotations say.
 *
 * @since 0.1.0
 */
public class InvalidProcessorException extends MessagingConfigurationException {

	/**
	 * Creates an exception.
	 * @param description what is wrong
	 * @param action what to do about it
	 * @param cause the cause
	 */
	public InvalidProcessorException(String description, String action, @Nullable Throwable cause) {
		super(description, action, cause);
	}

}
