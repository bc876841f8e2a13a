package org.activemessaging.destination;

import java.util.Locale;

/**
 * How a destination hands out its messages.
 *
 * @since 0.1.0
 */
public enum DestinationType {

	/**
	 * A work queue: each message to one consumer.
	 */
	QUEUE,

	/**
	 * Plain broadcast: each message to whoever listens at that moment, not kept.
	 */
	TOPIC,

	/**
	 * Multicast between groups and load balancing inside a group.
	 */
	VIRTUAL_TOPIC;

	/**
	 * Returns the name as it is shown.
	 * @return the name in lower case with dashes
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
