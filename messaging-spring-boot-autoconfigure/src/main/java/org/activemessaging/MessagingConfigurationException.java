package org.activemessaging;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start when the configuration of messaging is wrong. Its message says what is
 * wrong and names the property, what is allowed and the nearest match; its action says
 * where to mend it. Neither contains a credential. In a Spring Boot application it is
 * shown as a failure analysis.
 *
 * @since 0.1.0
 */
public class MessagingConfigurationException extends RuntimeException {

	/**
	 * What to do about it.
	 */
	private final String action;

	/**
	 * Creates an exception.
	 * @param description what is wrong
	 * @param action what to do about it
	 */
	public MessagingConfigurationException(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Creates an exception with a cause.
	 * @param description what is wrong
	 * @param action what to do about it
	 * @param cause the cause
	 */
	public MessagingConfigurationException(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	/**
	 * Returns what is to be done.
	 * @return a sentence that names the property to change
	 */
	public String getAction() {
		return this.action;
	}

}
