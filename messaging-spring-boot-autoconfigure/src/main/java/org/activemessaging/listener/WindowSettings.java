package org.activemessaging.listener;

import java.time.Duration;

/**
 * How many messages one consumer handles in one transaction, and how many the broker
 * hands it ahead.
 *
 * @param min the fewest
 * @param max the most; if it equals {@code min}, the window is fixed
 * @param time the longest time of work that a consumer holds, if the window is not fixed
 * @since 0.1.0
 */
public record WindowSettings(int min, int max, Duration time) {

	/**
	 * A window of always the same size.
	 * @param size its size, from 1
	 * @return the settings
	 */
	public static WindowSettings fixed(int size) {
		return new WindowSettings(size, size, Duration.ZERO);
	}

	/**
	 * A window that follows the speed of the processor.
	 * @param max the most messages
	 * @param time the longest time of work that a consumer holds
	 * @return the settings
	 */
	public static WindowSettings auto(int max, Duration time) {
		return new WindowSettings(1, max, time);
	}

}
