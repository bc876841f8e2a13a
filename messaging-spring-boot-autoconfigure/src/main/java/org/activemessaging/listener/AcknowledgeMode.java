package org.activemessaging.listener;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a message is acknowledged.
 *
 * @since 0.1.0
 */
public enum AcknowledgeMode {

	/**
	 * In a transaction, together with what the processor publishes and with a retry or a
	 * dead letter.
	 */
	TRANSACTED,

	/**
	 * Each message by itself, after its processor has returned or by its
	 * {@link org.activemessaging.Acknowledgment}. A retry or a dead letter is sent first,
	 * so a crash between the two doubles it.
	 */
	CLIENT,

	/**
	 * By the broker's client, before the processor is called. What is in work when the
	 * application dies is lost.
	 */
	UNSAFE_AUTO;

	/**
	 * Returns the name as it is configured.
	 * @return the name in lower case with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the mode of a name.
	 * @param label the name as it is configured
	 * @return the mode, if there is one of that name
	 */
	public static Optional<AcknowledgeMode> of(String label) {
		return Arrays.stream(values()).filter((mode) -> mode.label().equals(label)).findFirst();
	}

	/**
	 * Returns the names of all modes.
	 * @return the names as they are configured
	 */
	public static List<String> labels() {
		return Arrays.stream(values()).map(AcknowledgeMode::label).toList();
	}

}
