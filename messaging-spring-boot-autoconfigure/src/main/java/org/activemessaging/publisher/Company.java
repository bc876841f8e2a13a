package org.activemessaging.publisher;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * How many messages wait to be sent together, and whether it is worth to wait for more.
 * Threads that publish all the time come back a moment after they were told that their
 * message is sent; if the first one of them were sent at once, all others would have to
 * wait for its write to the disk.
 */
final class Company {

	// Of the time that the transaction before took: so nobody waits for company longer
	// than for the disk.
	private static final int SHARE = 4;

	private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(1);

	// So many are worth to wait for, or half of them if that is more: the others come
	// while these are sent.
	private static final int SMALL = 4;

	private final AtomicInteger present = new AtomicInteger();

	private volatile int expected = Integer.MAX_VALUE;

	private volatile @Nullable Thread waiting;

	/**
	 * Notes that a message waits to be sent.
	 */
	void came() {
		if (this.present.incrementAndGet() == this.expected) {
			LockSupport.unpark(this.waiting);
		}
	}

	/**
	 * Notes that a message does not wait any more.
	 */
	void left() {
		this.present.decrementAndGet();
	}

	/**
	 * Waits until as many messages are there as can be expected, if those who sent the
	 * last ones come back, or until that takes too long.
	 * @param sent how many messages were sent together
	 * @param nanos how long that took, in nanoseconds
	 */
	void await(int sent, long nanos) {
		int worth = worthWaitingFor(sent + this.present.get());
		if (this.present.get() >= worth) {
			return;
		}
		this.waiting = Thread.currentThread();
		this.expected = worth;
		long until = System.nanoTime() + longest(nanos);
		for (long left = longest(nanos); left > 0 && this.present.get() < worth
				&& !Thread.currentThread().isInterrupted(); left = until - System.nanoTime()) {
			LockSupport.parkNanos(this, left);
		}
		this.expected = Integer.MAX_VALUE;
	}

	/**
	 * Returns how many of those who may come are waited for.
	 * @param all how many may come, those included that are there
	 * @return how many; none if there is nobody but the one who was sent
	 */
	static int worthWaitingFor(int all) {
		return (all < 2) ? 0 : Math.max(Math.min(all, SMALL), all / 2);
	}

	/**
	 * Returns how long is waited at most.
	 * @param nanos how long the last transaction took, in nanoseconds
	 * @return the time in nanoseconds
	 */
	static long longest(long nanos) {
		return Math.min(nanos / SHARE, LONGEST);
	}

}
