package org.activemessaging.broker;

import java.util.Locale;

/**
 * Something that a broker can do by itself.
 *
 * @since 0.1.0
 */
public enum Capability {

	/**
	 * Several receives and sends take effect together or not at all.
	 */
	TRANSACTIONS,

	/**
	 * Multicast between groups and load balancing inside a group.
	 */
	VIRTUAL_TOPICS,

	/**
	 * Messages of one message group go to one consumer, in order.
	 */
	MESSAGE_GROUPS,

	/**
	 * A consumer may choose messages by a condition on their headers.
	 */
	SELECTORS,

	/**
	 * The broker tells how many messages a queue holds.
	 */
	DEPTH;

	/**
	 * Returns the name as it is shown.
	 * @return the name in lower case with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
