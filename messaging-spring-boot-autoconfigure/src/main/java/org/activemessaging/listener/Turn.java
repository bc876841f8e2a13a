package org.activemessaging.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Lets one message of the whole application be tried alone: if the application dies, it
 * is known which one it was. Who holds it for longer than the lease has not killed the
 * application quickly, and does not hold up the others any longer.
 */
final class Turn {

	private final long lease;

	private @Nullable Object holder;

	private long takenAt;

	Turn(Duration lease) {
		this.lease = lease.toNanos();
	}

	/**
	 * Takes the turn.
	 * @param who who takes it
	 * @param timeout the longest wait
	 * @return whether it was taken; {@code false} also if the thread was interrupted
	 */
	synchronized boolean take(Object who, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (this.holder != null && System.nanoTime() - this.takenAt < this.lease) {
			long rest = Math.min(deadline, this.takenAt + this.lease) - System.nanoTime();
			if (deadline - System.nanoTime() <= 0) {
				return false;
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, Math.max(rest, 1));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		this.holder = who;
		this.takenAt = System.nanoTime();
		return true;
	}

	synchronized void giveBack(Object who) {
		if (this.holder == who) {
			this.holder = null;
			notifyAll();
		}
	}

}
