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

	private long ruleUntil;

	synchronized void add(PauseReason reason) {
		this.reasons.add(reason);
		this.paused = true;
		notifyAll();
	}

	/**
	 * Adds the reason that ends by itself. Of several times, that counts which ends last.
	 * @param time for how long
	 */
	synchronized void addRule(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		this.ruleUntil = this.reasons.contains(PauseReason.RULE) ? Math.max(this.ruleUntil, until) : until;
		add(PauseReason.RULE);
	}

	synchronized void remove(PauseReason reason) {
		this.reasons.remove(reason);
		this.paused = !this.reasons.isEmpty();
		notifyAll();
	}

	boolean isPaused() {
		return this.paused && isStillPaused();
	}

	private synchronized boolean isStillPaused() {
		if (this.reasons.contains(PauseReason.RULE) && this.ruleUntil - System.nanoTime() <= 0) {
			remove(PauseReason.RULE);
		}
		return this.paused;
	}

	synchronized Set<PauseReason> reasons() {
		isStillPaused();
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
			while (isStillPaused() && running.getAsBoolean() && left > 0) {
				boolean ends = this.reasons.contains(PauseReason.RULE);
				long rest = ends ? Math.min(left, this.ruleUntil - System.nanoTime()) : left;
				TimeUnit.NANOSECONDS.timedWait(this, Math.max(rest, 1));
				left = deadline - System.nanoTime();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits for a time, unless no messages are to be taken any more.
	 * @param time how long
	 * @param taking whether to go on waiting; who changes it calls {@link #wake()} or
	 * {@link #add}
	 * @return whether messages are still to be taken
	 */
	synchronized boolean sleep(Duration time, BooleanSupplier taking) {
		long deadline = System.nanoTime() + time.toNanos();
		long left = time.toNanos();
		try {
			while (taking.getAsBoolean() && left > 0) {
				TimeUnit.NANOSECONDS.timedWait(this, left);
				left = deadline - System.nanoTime();
			}
			return taking.getAsBoolean();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	synchronized void wake() {
		notifyAll();
	}

}
