package org.activemessaging.listener;

import java.time.Duration;

/**
 * A wait that ends early when the container stops.
 */
@FunctionalInterface
interface Pause {

	/**
	 * Waits.
	 * @param duration how long
	 * @return whether to go on, {@code false} if the container stops
	 */
	boolean sleep(Duration duration);

}
