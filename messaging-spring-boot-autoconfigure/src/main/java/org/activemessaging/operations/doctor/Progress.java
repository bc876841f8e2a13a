package org.activemessaging.operations.doctor;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.activemessaging.listener.ProcessorReport;

/**
 * Remembers for how long things have been as they are. For use by one thread.
 */
final class Progress {

	private final Map<String, Mark> tries = new HashMap<>();

	private final Map<Object, Long> since = new HashMap<>();

	/**
	 * Tells for how long a processor has tried nothing although it could have.
	 * @param report its numbers now
	 * @param could whether it listens, and messages wait for it
	 * @param now the time in nanoseconds, of a clock that nobody sets
	 * @return how long; zero while a message is in work
	 */
	Duration idle(ProcessorReport report, boolean could, long now) {
		long tried = report.processed() + report.failed();
		Mark mark = this.tries.compute(report.definition().id(), (id, before) -> {
			boolean idle = before != null && before.tried() == tried && could && report.inFlight() == 0;
			return idle ? before : new Mark(tried, now);
		});
		return Duration.ofNanos(now - mark.at());
	}

	/**
	 * Tells for how long something has been true.
	 * @param what the thing
	 * @param holds whether it is true now
	 * @param now the time in nanoseconds, of a clock that nobody sets
	 * @return how long; zero if it is not
	 */
	Duration lasting(Object what, boolean holds, long now) {
		if (!holds) {
			this.since.remove(what);
			return Duration.ZERO;
		}
		return Duration.ofNanos(now - this.since.computeIfAbsent(what, (key) -> now));
	}

	private record Mark(long tried, long at) {
	}

}
