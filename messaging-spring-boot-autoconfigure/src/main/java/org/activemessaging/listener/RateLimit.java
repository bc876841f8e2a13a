package org.activemessaging.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets the consumers of a processor take so many messages in a time and no more: a bucket
 * of tokens that fills steadily and holds what comes in a tenth of a second, so that the
 * messages are spread over the time. A token is taken before a message is.
 */
final class RateLimit {

	private static final Duration BURST = Duration.ofMillis(100);

	private final AtomicInteger waiting = new AtomicInteger();

	private final @Nullable Rate rate;

	private final double perNano;

	private final double capacity;

	private final LongSupplier clock;

	private double tokens = 1;

	private long filledAt;

	/**
	 * Creates a limit.
	 * @param rate the limit, or {@code null} for none
	 * @param atOnce how many messages a consumer handles at once
	 */
	RateLimit(@Nullable Rate rate, int atOnce) {
		this(rate, atOnce, System::nanoTime);
	}

	RateLimit(@Nullable Rate rate, int atOnce, LongSupplier clock) {
		this.rate = rate;
		this.perNano = (rate != null) ? rate.in(Duration.ofNanos(1)) : 0;
		this.capacity = (rate != null) ? Math.max(atOnce, rate.in(BURST)) : 0;
		this.clock = clock;
		this.filledAt = clock.getAsLong();
	}

	/**
	 * Takes a token, and waits for it if there is none.
	 * @param timeout the longest wait
	 * @param pause what waits; it ends early when no messages are to be taken any more
	 * @return whether a message may be taken
	 */
	boolean take(Duration timeout, Pause pause) {
		long missing = takeOrTell();
		if (missing == 0) {
			return true;
		}
		long deadline = this.clock.getAsLong() + timeout.toNanos();
		this.waiting.incrementAndGet();
		try {
			while (missing > 0) {
				long rest = deadline - this.clock.getAsLong();
				// Rounded up: a wait of nothing would be a busy one.
				long millis = TimeUnit.NANOSECONDS.toMillis(Math.min(missing, rest)) + 1;
				if (rest <= 0 || !pause.sleep(Duration.ofMillis(millis))) {
					return false;
				}
				missing = takeOrTell();
			}
			return true;
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	/**
	 * Takes a token if there is one.
	 * @return whether a message may be taken
	 */
	boolean tryTake() {
		return takeOrTell() == 0;
	}

	private long takeOrTell() {
		return (this.rate != null) ? takeOrTellLimited() : 0;
	}

	private synchronized long takeOrTellLimited() {
		long now = this.clock.getAsLong();
		this.tokens = Math.min(this.capacity, this.tokens + (now - this.filledAt) * this.perNano);
		this.filledAt = now;
		if (this.tokens >= 1) {
			this.tokens -= 1;
			return 0;
		}
		return Math.max(1, (long) Math.ceil((1 - this.tokens) / this.perNano));
	}

	/**
	 * Gives a token back for which there was no message.
	 */
	void giveBack() {
		if (this.rate != null) {
			synchronized (this) {
				this.tokens = Math.min(this.capacity, this.tokens + 1);
			}
		}
	}

	/**
	 * Tells how many consumers wait for a token.
	 * @return the number
	 */
	int waiting() {
		return this.waiting.get();
	}

}
