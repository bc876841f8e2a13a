package org.activemessaging.publisher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Ends what the current thread does with a client that waits for its broker without a
 * bound, as most do in a commit: it gives up the connection, and interrupts the thread.
 */
final class Watch {

	private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

	private final Thread thread = Thread.currentThread();

	private final Runnable abandon;

	private boolean over;

	/**
	 * Begins to watch.
	 * @param nanos how long it may take, in nanoseconds
	 * @param abandon what gives up the connection
	 */
	Watch(long nanos, Runnable abandon) {
		this.abandon = abandon;
		this.end.orTimeout(Math.max(1, nanos), TimeUnit.NANOSECONDS).exceptionally(this::fire);
	}

	private @Nullable Void fire(Throwable late) {
		synchronized (this) {
			if (!this.over) {
				this.over = true;
				this.thread.interrupt();
				this.abandon.run();
			}
		}
		return null;
	}

	/**
	 * Ends the watch: from then on the thread is its own again.
	 */
	void end() {
		synchronized (this) {
			if (this.over) {
				Thread.interrupted();
			}
			this.over = true;
		}
		this.end.complete(null);
	}

}
