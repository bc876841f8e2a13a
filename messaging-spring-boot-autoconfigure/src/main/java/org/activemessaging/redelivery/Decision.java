package org.activemessaging.redelivery;

import java.time.Duration;

/**
 * What is to become of a message that failed.
 *
 * @since 0.1.0
 */
public sealed interface Decision {

	/**
	 * How often the message has failed, this failure included, as the next decision needs
	 * to be told.
	 * @return the number of failures
	 */
	int attempt();

	/**
	 * Try it again at once.
	 *
	 * @param attempt how often the message has failed
	 */
	record Immediately(int attempt) implements Decision {
	}

	/**
	 * Try it again later.
	 *
	 * @param attempt how often the message has failed
	 * @param delay how much later
	 */
	record Later(int attempt, Duration delay) implements Decision {
	}

	/**
	 * Give it up.
	 *
	 * @param attempt how often the message has failed
	 */
	record GiveUp(int attempt) implements Decision {
	}

	/**
	 * Acknowledge it, and count it.
	 *
	 * @param attempt how often the message has failed
	 */
	record Discard(int attempt) implements Decision {
	}

	/**
	 * Give it back to its queue, and take no messages for a time.
	 *
	 * @param attempt how often the message has failed, this failure not included
	 * @param time for how long
	 */
	record Pause(int attempt, Duration time) implements Decision {
	}

}
