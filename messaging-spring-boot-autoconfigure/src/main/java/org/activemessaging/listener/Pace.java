package org.activemessaging.listener;

/**
 * Decides how large a window is: as large as it can be while a consumer holds no more
 * than the given time of work. Shared by the consumers of a processor.
 */
final class Pace {

	// A processor may become so many times slower before a consumer holds too much.
	private static final int RESERVE = 10;

	// A consumer has to be opened anew for another prefetch, and gives back what it was
	// handed: so not for each change.
	static final int WORTHWHILE = 4;

	private final WindowSettings settings;

	// Read and written without a lock: an observation that gets lost is made up for by
	// the next one.
	private volatile long cost = -1;

	Pace(WindowSettings settings) {
		this.settings = settings;
	}

	WindowSettings settings() {
		return this.settings;
	}

	/**
	 * Returns the present window.
	 * @return the number of messages
	 */
	int window() {
		long cost = this.cost;
		if (cost < 0) {
			return this.settings.min();
		}
		long affordable = this.settings.time().toNanos() / RESERVE / Math.max(1, cost);
		return (int) Math.max(this.settings.min(), Math.min(this.settings.max(), affordable));
	}

	/**
	 * Notes how long messages took.
	 * @param messages how many there were
	 * @param nanos how long they took together, in nanoseconds
	 */
	void took(int messages, long nanos) {
		long before = this.cost;
		long now = Math.max(0, nanos) / messages;
		this.cost = (before < 0) ? now : (before + now) / 2;
	}

	/**
	 * Tells whether a consumer should be opened anew.
	 * @param prefetch how many messages it may be handed ahead
	 * @param used whether its last transaction has taken more than half of what it might
	 * @return whether the difference to the present window is worth it
	 */
	boolean isWorthwhile(int prefetch, boolean used) {
		int window = window();
		if (window < prefetch) {
			return window == this.settings.min() || window <= prefetch / WORTHWHILE;
		}
		return used && window > prefetch && (window == this.settings.max() || window >= (long) prefetch * WORTHWHILE);
	}

}
