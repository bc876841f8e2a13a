package org.activemessaging.broker;

import org.jspecify.annotations.Nullable;

/**
 * Something that keeps messages of a broker from being consumed although it answers.
 *
 * @param kind what it is
 * @param queue the physical name of the queue or address it is about, or {@code null} if
 * it is about the whole broker
 * @param evidence what was seen, a sentence
 * @param remedy what to set, and where
 * @since 0.1.0
 */
public record BrokerCondition(Kind kind, @Nullable String queue, String evidence, String remedy) {

	/**
	 * What can be wrong with a broker that answers.
	 */
	public enum Kind {

		/**
		 * Its memory, its store or its temporary store is full, so that publishers wait.
		 */
		FULL,

		/**
		 * Messages lie on this broker of a network, and their consumers are on another.
		 */
		STRANDED,

		/**
		 * It gives messages up by itself after some deliveries.
		 */
		DELIVERY_LIMIT,

		/**
		 * Its clock and that of this application differ.
		 */
		CLOCK

	}

}
