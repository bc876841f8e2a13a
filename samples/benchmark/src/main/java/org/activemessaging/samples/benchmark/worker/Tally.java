package org.activemessaging.samples.benchmark.worker;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

import com.sun.management.ThreadMXBean;
import org.activemessaging.samples.benchmark.broker.Payload;

/**
 * Counts, by its number, that each message is handled exactly once; and takes the time
 * and the bytes allocated between two of them. What comes before the first of the two is
 * not measured: connections are opened, and windows grow.
 */
final class Tally implements Consumer<String> {

	private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final CountDownLatch done = new CountDownLatch(1);

	private final AtomicInteger count = new AtomicInteger();

	private final AtomicInteger duplicates = new AtomicInteger();

	private final AtomicIntegerArray handled;

	private final int skipped;

	private volatile Mark begin = Mark.NONE;

	private volatile Mark end = Mark.NONE;

	/**
	 * Creates a tally.
	 * @param messages how many messages there are, numbered from 0
	 * @param skipped how many of them come before the first that is measured, at least 1
	 */
	Tally(int messages, int skipped) {
		this.handled = new AtomicIntegerArray(messages);
		this.skipped = skipped;
	}

	@Override
	public void accept(String text) {
		if (this.handled.incrementAndGet(Payload.number(text)) > 1) {
			this.duplicates.incrementAndGet();
		}
		int soFar = this.count.incrementAndGet();
		if (soFar == this.skipped) {
			this.begin = Mark.now();
		}
		if (soFar == this.handled.length()) {
			this.end = Mark.now();
			this.done.countDown();
		}
	}

	void await(Duration patience) throws InterruptedException {
		if (!this.done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException("Only " + this.count + " of " + this.handled.length()
					+ " messages were handled within " + patience.toSeconds() + " s");
		}
	}

	void check() {
		if (this.duplicates.get() > 0 || this.count.get() != this.handled.length()) {
			throw new IllegalStateException(
					this.count + " messages were handled, " + this.duplicates + " of them more than once");
		}
	}

	double perSecond() {
		return (this.handled.length() - this.skipped) * 1e9 / (this.end.nanos() - this.begin.nanos());
	}

	/**
	 * Returns how much was allocated for each message by the thread that handled it.
	 * @return the number of bytes, NaN if there was more than one thread
	 */
	double bytesPerMessage() {
		return (this.begin.thread() == this.end.thread())
				? (double) (this.end.bytes() - this.begin.bytes()) / (this.handled.length() - this.skipped)
				: Double.NaN;
	}

	/**
	 * A moment of a thread.
	 */
	private record Mark(long nanos, long thread, long bytes) {

		static final Mark NONE = new Mark(0, 0, 0);

		static Mark now() {
			return new Mark(System.nanoTime(), Thread.currentThread().getId(),
					threads.getCurrentThreadAllocatedBytes());
		}

	}

}
