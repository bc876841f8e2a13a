package org.activemessaging.operations.scaling;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What one processor has to do, and what one instance of it can.
 *
 * @param processor its id
 * @param backlog how many messages wait, or {@code null} if that is unknown
 * @param rate how many messages an instance processes in a second
 * @param growth by how many messages the backlog grows in a second; negative if it
 * shrinks
 * @param instances how many instances there are, as far as known
 * @param capacity how many messages an instance can process in a second, or {@code null}
 * if that is unknown
 */
record Load(String processor, @Nullable Long backlog, double rate, double growth, int instances,
		@Nullable Double capacity) {

	// As an autoscaler does: a tenth of an instance is not worth another one.
	private static final double TOLERANCE = 0.1;

	/**
	 * Returns how many instances are needed.
	 * @param target in what time the backlog is to be gone
	 */
	int wanted(Duration target) {
		if (this.backlog == null) {
			return this.instances;
		}
		double arrival = arrival();
		if (this.backlog == 0 && arrival == 0) {
			return 0;
		}
		if (this.capacity == null || this.capacity <= 0) {
			return Math.max(1, this.instances);
		}
		double needed = (arrival + this.backlog / (target.toMillis() / 1000.0)) / this.capacity;
		return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(needed - TOLERANCE)));
	}

	double totalRate() {
		return this.rate * this.instances;
	}

	// What comes in is what is taken away and what is left over.
	private double arrival() {
		return Math.max(0, totalRate() + this.growth);
	}

	@Nullable Duration timeToDrain() {
		if (this.backlog == null) {
			return null;
		}
		if (this.backlog == 0) {
			return Duration.ZERO;
		}
		return (totalRate() > 0) ? Duration.ofSeconds((long) Math.ceil(this.backlog / totalRate())) : null;
	}

	String reason() {
		if (this.backlog == null) {
			return "the depth of the queue of processor '" + this.processor + "' is unknown, so nothing changes";
		}
		if (this.backlog == 0 && arrival() == 0) {
			return "nothing waits, and nothing comes";
		}
		if (this.capacity == null || this.capacity <= 0) {
			return "processor '" + this.processor + "' has processed nothing here yet, so nobody knows how fast it is";
		}
		return String.format(Locale.ROOT,
				"processor '%s': %d wait, %.1f come in a second, and one instance processes %.1f", this.processor,
				this.backlog, arrival(), this.capacity);
	}

}
