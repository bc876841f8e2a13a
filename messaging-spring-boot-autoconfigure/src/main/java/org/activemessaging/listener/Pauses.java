package org.activemessaging.listener;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The reasons for which a processor takes no messages. Asked before each message, so that
 * is a read without a lock.
 */
final class Pauses {

	private final Set<PauseReason> reasons = EnumSet.noneOf(PauseReason.class);

	private volatile boolean paused;

	synchronized void add(PauseReason reason) {
		this.reasons.add(reason);
		this.paused = true;
	}

	synchronized void remove(PauseReason reason) {
		this.reasons.remove(reason);
		this.paused = !this.reasons.isEmpty();
		notifyAll();
	}

	boolean isPaused() {
		return this.paused;
	}

	synchronized Set<PauseReason> reasons() {
		return this.reasons.isEmpty() ? EnumSet.noneOf(PauseReason.class) : EnumSet.copyOf(this.reasons);
	}

	/**
	 * Waits until the last reason is gone.
	 * @param running whether to go on waiting; who changes it calls {@link #wake()}
	 * @param longest the longest wait
	 */
	synchronized void await(BooleanSupplier running, Duration longest) {
		long deadline = System.nanoTime() + longest.toNanos();
		long left = longest.toNanos();
		try {
			while (this.paused && running.getAsBoolean() && left > 0) {
				TimeUnit.NANOSECONDS.timedWait(this, left);
				left = deadline - System.nanoTime();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	synchronized void wake() {
		notifyAll();
	}

}
