package org.activemessaging.redelivery;

import java.util.Locale;

/**
 * What kind of failure it was.
 *
 * @since 0.1.0
 */
public enum FailureKind {

	/**
	 * The processor or a filter threw an exception.
	 */
	HANDLER,

	/**
	 * The processor gave the message back, to be tried again later.
	 */
	ABORTED,

	/**
	 * The processor rejected the message.
	 */
	REJECTED,

	/**
	 * The message could not be made into what the processor takes.
	 */
	UNCONVERTIBLE,

	/**
	 * The message is larger than what is taken.
	 */
	PAYLOAD_TOO_LARGE,

	/**
	 * The application died again and again while the message was in work.
	 */
	CRASH_SUSPECT;

	/**
	 * Returns the name as it is written into a dead letter.
	 * @return the name in lower case with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
