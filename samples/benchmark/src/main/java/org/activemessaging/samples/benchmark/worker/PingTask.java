package org.activemessaging.samples.benchmark.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;
import org.activemessaging.samples.benchmark.broker.Payload;
import org.activemessaging.samples.benchmark.process.Order;

/**
 * Publishes one message after the other, each when the one before it is handled and all
 * is quiet again, and takes the time from the call until the message is handled.
 */
final class PingTask implements Task {

	private static final long QUIET = Duration.ofMillis(3).toNanos();

	private static final int PATIENCE = 30;

	// Until the code is compiled as it is in an application that has run for a while: the
	// JVM compiles for good after some 5,000 calls. Half of them in a short run.
	private static final int FIRST = 6000;

	@Override
	public Order run(Variant variant, Order order) throws Exception {
		int messages = order.number("messages");
		Tally tally = new Tally(messages, 1);
		Semaphore handled = new Semaphore(0);
		Latencies latencies = new Latencies(Math.min(FIRST, messages / 2));
		Variant.Running application = variant.start(Setup.of(order), (text) -> {
			latencies.handled(text);
			tally.accept(text);
			handled.release();
		});
		try {
			for (int i = 0; i < messages; i++) {
				application.publish(Payload.of(i, System.nanoTime()));
				if (!handled.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
					throw new IllegalStateException("Message " + i + " was not handled");
				}
				LockSupport.parkNanos(QUIET);
			}
		}
		finally {
			application.close();
		}
		tally.check();
		return latencies.answer();
	}

	/**
	 * The times of the messages after the first ones.
	 */
	static final class Latencies {

		private static final double MICROS = 1000;

		private final Histogram histogram = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);

		private final int skipped;

		Latencies(int skipped) {
			this.skipped = skipped;
		}

		void handled(String text) {
			long nanos = System.nanoTime() - Payload.nanos(text);
			if (Payload.number(text) >= this.skipped) {
				synchronized (this) {
					this.histogram.recordValue(nanos);
				}
			}
		}

		synchronized Order answer() {
			return Task.done()
				.with("p50", this.histogram.getValueAtPercentile(50) / MICROS)
				.with("p99", this.histogram.getValueAtPercentile(99) / MICROS)
				.with("p99.9", this.histogram.getValueAtPercentile(99.9) / MICROS);
		}

	}

}
