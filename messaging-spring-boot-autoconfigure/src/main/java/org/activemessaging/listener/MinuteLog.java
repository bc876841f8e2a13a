package org.activemessaging.listener;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Says what may happen with message after message once, and while it goes on, one line a
 * minute with the number of times.
 *
 * @since 0.1.0
 */
public final class MinuteLog {

	private final Consumer<String> log;

	private final Executor inAMinute;

	private long unsaid;

	private boolean waiting;

	private @Nullable String last;

	/**
	 * Creates a log.
	 * @param log what logs a line
	 */
	public MinuteLog(Consumer<String> log) {
		this(log, CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));
	}

	MinuteLog(Consumer<String> log, Executor inAMinute) {
		this.log = log;
		this.inAMinute = inAMinute;
	}

	/**
	 * Says something, or counts it.
	 * @param what a sentence without an end
	 */
	public synchronized void add(String what) {
		if (this.waiting) {
			this.unsaid++;
			this.last = what;
			return;
		}
		this.log.accept(what);
		this.waiting = true;
		this.inAMinute.execute(this::minuteIsOver);
	}

	private synchronized void minuteIsOver() {
		this.waiting = this.unsaid > 0;
		if (this.waiting) {
			this.log.accept(this.last + " (the last of " + this.unsaid + " within a minute)");
			this.unsaid = 0;
			this.inAMinute.execute(this::minuteIsOver);
		}
	}

}
