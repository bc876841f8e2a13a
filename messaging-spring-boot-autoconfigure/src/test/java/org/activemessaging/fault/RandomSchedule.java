package org.activemessaging.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What breaks, and when, and for how long: drawn from a seed, so that it can be drawn
 * again. Each thing that can break does so at times of its own; faults of different
 * things overlap.
 *
 * @param seed the seed
 * @param faults the faults in the order of their beginning
 */
record RandomSchedule(long seed, List<Fault> faults) {

	/**
	 * Draws a schedule.
	 * @param seed what it is drawn from
	 * @param length how long it is
	 * @param consumers how many consumers there are
	 */
	static RandomSchedule draw(long seed, Duration length, int consumers) {
		List<Fault> faults = new ArrayList<>();
		Random random = new Random(seed);
		for (int consumer = 0; consumer < consumers; consumer++) {
			draw(random, length, consumer, List.of(Kind.KILL_CONSUMER, Kind.PAUSE), 5000, faults);
		}
		draw(random, length, 0, List.of(Kind.KILL_BROKER), 8000, faults);
		draw(random, length, 0, List.of(Kind.CUT, Kind.STALL, Kind.BLACK_HOLE), 4000, faults);
		faults.sort(Comparator.comparingLong(Fault::begin));
		return new RandomSchedule(seed, faults);
	}

	private static void draw(Random random, Duration length, int who, List<Kind> kinds, int gap, List<Fault> faults) {
		long time = random.nextInt(gap);
		while (time < length.toMillis()) {
			Kind kind = kinds.get(random.nextInt(kinds.size()));
			long end = time + ((kind.longest > 0) ? 100 + random.nextInt(kind.longest) : 0);
			faults.add(new Fault(kind, who, time, Math.min(end, length.toMillis())));
			time = end + gap / 4 + random.nextInt(gap);
		}
	}

	/**
	 * Returns how many messages may be handled twice.
	 * @param consumer how many messages a consumer may have in open transactions
	 * @param all how many all together may have, and may be on their way
	 */
	int bound(int consumer, int all) {
		return this.faults.stream().mapToInt((fault) -> switch (fault.kind()) {
			case KILL_CONSUMER -> consumer;
			case PAUSE -> 0;
			case KILL_BROKER, CUT, STALL, BLACK_HOLE -> all;
		}).sum();
	}

	long kills() {
		return this.faults.stream().filter((fault) -> fault.kind().name().startsWith("KILL")).count();
	}

	@Override
	public String toString() {
		return "seed " + this.seed + ": "
				+ this.faults.stream().map(Fault::toString).collect(Collectors.joining(", ", "[", "]"));
	}

	/**
	 * A fault.
	 *
	 * @param kind what happens
	 * @param who to which consumer
	 * @param begin when it begins, in milliseconds since the start
	 * @param end when it ends
	 */
	record Fault(Kind kind, int who, long begin, long end) {

		@Override
		public String toString() {
			return this.kind + ((this.kind == Kind.KILL_CONSUMER || this.kind == Kind.PAUSE) ? " " + this.who : "")
					+ " " + this.begin + "-" + this.end;
		}

	}

	/**
	 * What may happen.
	 */
	enum Kind {

		/**
		 * A consumer is killed, and started again.
		 */
		KILL_CONSUMER(1500),

		/**
		 * The processor of a consumer is stopped, and started again.
		 */
		PAUSE(2500),

		/**
		 * The broker is killed, and started again.
		 */
		KILL_BROKER(2000),

		/**
		 * All connections are cut.
		 */
		CUT(0),

		/**
		 * The network keeps everything back.
		 */
		STALL(4000),

		/**
		 * The network drops everything, and tells nobody.
		 */
		BLACK_HOLE(4000);

		// In milliseconds.
		private final int longest;

		Kind(int longest) {
			this.longest = longest;
		}

	}

}
