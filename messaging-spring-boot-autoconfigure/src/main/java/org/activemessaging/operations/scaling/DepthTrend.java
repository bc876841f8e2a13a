package org.activemessaging.operations.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

import org.activemessaging.broker.QueueSample;
import org.jspecify.annotations.Nullable;

/**
 * The depths of a queue over the last minute. For use by one thread at a time.
 */
final class DepthTrend {

	private static final Duration PERIOD = Duration.ofMinutes(1);

	private final Deque<Depth> depths = new ArrayDeque<>();

	void add(@Nullable QueueSample sample) {
		if (sample == null || sample.depth() == null) {
			this.depths.clear();
			return;
		}
		Depth last = this.depths.peekLast();
		if (last == null || last.at().isBefore(sample.sampledAt())) {
			this.depths.add(new Depth(sample.sampledAt(), sample.depth()));
		}
		while (this.depths.getFirst().at().isBefore(this.depths.getLast().at().minus(PERIOD))) {
			this.depths.removeFirst();
		}
	}

	/**
	 * Returns by how many messages the queue grows in a second.
	 */
	double growth() {
		if (this.depths.size() < 2) {
			return 0;
		}
		Depth first = this.depths.getFirst();
		Depth last = this.depths.getLast();
		double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
		return (last.depth() - first.depth()) / Math.max(seconds, 1);
	}

	/**
	 * Tells whether there was always something to do.
	 */
	boolean isNeverEmpty() {
		return !this.depths.isEmpty() && this.depths.stream().allMatch((depth) -> depth.depth() > 0);
	}

	private record Depth(Instant at, long depth) {
	}

}
