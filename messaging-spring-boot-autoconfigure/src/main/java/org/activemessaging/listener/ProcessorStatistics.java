package org.activemessaging.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.activemessaging.broker.BrokerUrl;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one processor: counts since the start, rate and durations of the last
 * one to two minutes. Recording takes no lock.
 */
final class ProcessorStatistics implements DeliveryListener {

	private static final int SIGNIFICANT_DIGITS = 2;

	private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(24);

	private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

	private final LongAdder processed = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder redelivered = new LongAdder();

	private final LongAdder deadLettered = new LongAdder();

	private final LongAdder duplicates = new LongAdder();

	private final LongAdder discarded = new LongAdder();

	private final Recorder recorder = new Recorder(SIGNIFICANT_DIGITS);

	private final Deque<Mark> marks = new ArrayDeque<>();

	private Histogram current = new Histogram(SIGNIFICANT_DIGITS);

	private Histogram previous = new Histogram(SIGNIFICANT_DIGITS);

	private long currentSince = System.nanoTime();

	private volatile @Nullable Failure lastFailure;

	ProcessorStatistics() {
		this.marks.add(new Mark(System.nanoTime(), 0));
	}

	@Override
	public void processed(ProcessorDefinition processor, long nanos, long waitMillis) {
		this.processed.increment();
		this.recorder.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS));
	}

	@Override
	public void failed(ProcessorDefinition processor, long nanos, Throwable failure) {
		this.failed.increment();
		this.lastFailure = new Failure(Instant.now(), failure.getClass().getName(),
				FailureHeaders.clean(BrokerUrl.redact(String.valueOf(failure.getMessage()))));
	}

	@Override
	public void redelivered(ProcessorDefinition processor, Duration delay) {
		this.redelivered.increment();
	}

	@Override
	public void deadLettered(ProcessorDefinition processor, DeadLetter letter) {
		this.deadLettered.increment();
	}

	@Override
	public void duplicate(ProcessorDefinition processor) {
		this.duplicates.increment();
	}

	@Override
	public void discarded(ProcessorDefinition processor, Throwable failure) {
		this.discarded.increment();
	}

	/**
	 * Takes over what was recorded; to be called every few seconds.
	 */
	synchronized void tick() {
		long now = System.nanoTime();
		if (now - this.currentSince > PERIOD) {
			this.previous = this.current;
			this.current = new Histogram(SIGNIFICANT_DIGITS);
			this.currentSince = now;
		}
		this.current.add(this.recorder.getIntervalHistogram());
		this.marks.add(new Mark(now, this.processed.sum()));
		while (this.marks.size() > 2 && now - this.marks.getFirst().at() > PERIOD) {
			this.marks.removeFirst();
		}
	}

	synchronized Snapshot snapshot() {
		this.current.add(this.recorder.getIntervalHistogram());
		Histogram durations = new Histogram(SIGNIFICANT_DIGITS);
		durations.add(this.previous);
		durations.add(this.current);
		return new Snapshot(this.processed.sum(), this.failed.sum(), this.redelivered.sum(), this.deadLettered.sum(),
				this.duplicates.sum(), this.discarded.sum(), rate(),
				(durations.getTotalCount() > 0) ? Durations.of(durations) : null, this.lastFailure);
	}

	private double rate() {
		Mark first = this.marks.getFirst();
		double seconds = (System.nanoTime() - first.at()) / (double) TimeUnit.SECONDS.toNanos(1);
		double rate = (this.processed.sum() - first.processed()) / Math.max(seconds, 1);
		return Math.round(rate * 10) / 10.0;
	}

	private record Mark(long at, long processed) {
	}

	/**
	 * The numbers at one time.
	 *
	 * @param processed how many messages were processed
	 * @param failed how many tries failed
	 * @param redelivered how many tries were repetitions
	 * @param deadLettered how many messages were given up
	 * @param duplicates how many messages were skipped
	 * @param discarded how many messages were discarded by a rule
	 * @param rate how many messages are processed in a second
	 * @param durations how long one takes, or {@code null} if there was none lately
	 * @param lastFailure the last failure
	 */
	record Snapshot(long processed, long failed, long redelivered, long deadLettered, long duplicates, long discarded,
			double rate, @Nullable Durations durations, @Nullable Failure lastFailure) {
	}

}
