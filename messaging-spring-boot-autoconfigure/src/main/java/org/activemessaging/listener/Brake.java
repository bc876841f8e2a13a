package org.activemessaging.listener;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Slows a processor down when one message after the other fails: then not the messages
 * are the trouble but something behind the processor, and to go on at full speed would
 * empty the queue into the dead letters. While the brake is on, one message at a time is
 * tried, with a pause before it that doubles with each failure. The first success
 * releases it.
 */
final class Brake {

	// In milliseconds.
	private static final long LONGEST_WAIT = 100;

	// Fair, as who has no message would else get the pass again before those who have.
	private final Semaphore single = new Semaphore(1, true);

	private final BrakeSettings settings;

	private @Nullable String lastFailed;

	private volatile int failures;

	private volatile Duration pause = Duration.ZERO;

	Brake(BrakeSettings settings) {
		this.settings = settings;
	}

	boolean isOn() {
		return !this.pause.isZero();
	}

	/**
	 * Notes a success.
	 * @return whether it has released the brake
	 */
	boolean succeeded() {
		// Read without a lock, as nearly all messages take this way.
		return (this.failures > 0 || isOn()) && release();
	}

	private synchronized boolean release() {
		boolean wasOn = isOn();
		this.failures = 0;
		this.lastFailed = null;
		this.pause = Duration.ZERO;
		return wasOn;
	}

	/**
	 * Notes a failure.
	 * @param id the id of the message
	 * @return whether this failure has put the brake on
	 */
	synchronized boolean failed(String id) {
		if (!id.equals(this.lastFailed)) {
			this.lastFailed = id;
			this.failures = this.failures + 1;
		}
		if (this.failures < this.settings.failures()) {
			return false;
		}
		return apply();
	}

	/**
	 * Puts the brake on, or slows down further.
	 * @return whether it was off
	 */
	synchronized boolean apply() {
		boolean wasOn = isOn();
		Duration next = wasOn ? this.pause.multipliedBy(2) : this.settings.delay();
		this.pause = (next.compareTo(this.settings.maxDelay()) < 0) ? next : this.settings.maxDelay();
		return !wasOn;
	}

	/**
	 * Waits as long as the brake demands.
	 * @param waiting what waits, until the container stops
	 * @return a pass to receive one message, to be returned afterwards, or {@code null}
	 * if another consumer has it
	 */
	@Nullable Pass pass(Pause waiting) {
		Duration pause = this.pause;
		if (pause.isZero()) {
			return Pass.UNLIMITED;
		}
		if (!acquire()) {
			return null;
		}
		if (!waiting.sleep(pause)) {
			this.single.release();
			return null;
		}
		return Pass.SINGLE;
	}

	private boolean acquire() {
		try {
			return this.single.tryAcquire(Math.min(this.settings.delay().toMillis(), LONGEST_WAIT),
					TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	void giveBack(Pass pass) {
		if (pass == Pass.SINGLE) {
			this.single.release();
		}
	}

	/**
	 * What a consumer may receive.
	 */
	enum Pass {

		/**
		 * As many messages as its window has room for.
		 */
		UNLIMITED,

		/**
		 * One message.
		 */
		SINGLE

	}

}
