package org.activemessaging.permit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many permits there are too many, for those holders to destroy that are in the same
 * instance as the keeper: a permit that is returned to the queue mostly finds somebody
 * who waits for it before the keeper gets it.
 *
 * @since 0.1.0
 */
public final class Surplus {

	private final AtomicInteger permits = new AtomicInteger();

	void set(int permits) {
		this.permits.set(permits);
	}

	boolean exists() {
		return this.permits.get() > 0;
	}

	/**
	 * Takes it upon oneself to destroy one permit.
	 * @return whether one is to be destroyed
	 */
	boolean takeOne() {
		return this.permits.get() > 0 && this.permits.getAndUpdate((before) -> Math.max(0, before - 1)) > 0;
	}

}
