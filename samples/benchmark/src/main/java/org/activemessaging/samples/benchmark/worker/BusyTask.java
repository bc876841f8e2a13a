package org.activemessaging.samples.benchmark.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.activemessaging.samples.benchmark.process.Order;

/**
 * Handles the messages of a queue slowly, and tells when all consumers are at work.
 */
final class BusyTask implements Task {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@Override
	public Order run(Variant variant, Order order) throws Exception {
		int messages = order.number("messages");
		int consumers = order.number("consumers");
		long pause = Duration.ofMillis(order.number("millis")).toNanos();
		Tally tally = new Tally(messages, 1);
		Busy busy = new Busy(consumers);
		Variant.Running application = variant.start(Setup.of(order), (text) -> {
			busy.begin();
			work(pause);
			busy.end();
			tally.accept(text);
		});
		double seconds;
		try {
			tally.await(PATIENCE);
			seconds = busy.seconds();
		}
		finally {
			application.close();
		}
		tally.check();
		return Task.done().with("seconds", seconds).with("most", busy.most.get()).with("total", busy.total());
	}

	private static void work(long nanos) {
		long end = System.nanoTime() + nanos;
		for (long left = nanos; left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	/**
	 * Counts who is at work.
	 */
	private static final class Busy {

		private final AtomicInteger now = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private final int all;

		private volatile long begunAt;

		private volatile long allAt;

		private volatile long endedAt;

		Busy(int all) {
			this.all = all;
		}

		synchronized void begin() {
			int busy = this.now.incrementAndGet();
			if (this.begunAt == 0) {
				this.begunAt = System.nanoTime();
			}
			if (busy > this.most.get()) {
				this.most.set(busy);
				if (busy == this.all) {
					this.allAt = System.nanoTime();
				}
			}
		}

		void end() {
			this.now.decrementAndGet();
			this.endedAt = System.nanoTime();
		}

		/**
		 * Returns the time from the first message until all were at work.
		 */
		double seconds() {
			return (this.allAt != 0) ? (this.allAt - this.begunAt) / 1e9 : Double.NaN;
		}

		double total() {
			return (this.endedAt - this.begunAt) / 1e9;
		}

	}

}
