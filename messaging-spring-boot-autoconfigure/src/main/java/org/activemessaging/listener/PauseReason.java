package org.activemessaging.listener;

import java.util.Locale;

/**
 * Who wants a processor to take no messages. A pause ends when the last reason for it is
 * gone, so none of them ends the pause of another.
 *
 * @since 0.1.0
 */
public enum PauseReason {

	/**
	 * Somebody asked for it.
	 */
	OPERATOR,

	/**
	 * Message after message failed. This reason alone lets one message through now and
	 * then, to see whether it is over; no other reason does.
	 */
	BRAKE,

	/**
	 * A message failed with an exception for which a rule of redelivery demands a pause.
	 * Ends by itself when the time of the rule is over.
	 */
	RULE,

	/**
	 * The application stops.
	 */
	DRAIN;

	/**
	 * Returns the name as it is shown.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
