package org.activemessaging.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.AsyncTaskExecutor;

/**
 * Does the work of one window on several threads: what has the same key one after the
 * other, in the order it was added. Once one of a key has failed, those behind it are
 * left alone. For use by the thread of the session.
 */
final class Lanes {

	private final Map<String, Lane> lanes = new HashMap<>();

	private final List<Future<?>> started = new ArrayList<>();

	private final AsyncTaskExecutor executor;

	Lanes(AsyncTaskExecutor executor) {
		this.executor = executor;
	}

	/**
	 * Adds something to do.
	 * @param key what it must keep the order of, or {@code null} if nothing
	 * @param work what to do
	 */
	void add(@Nullable String key, Work work) {
		Lane lane = (key != null) ? this.lanes.computeIfAbsent(key, (name) -> new Lane()) : new Lane();
		if (lane.add(work)) {
			this.started.add(this.executor.submit(lane));
		}
	}

	/**
	 * Waits until all that was added is done.
	 * @throws InterruptedException if the thread was interrupted, and then so are the
	 * others
	 */
	void await() throws InterruptedException {
		try {
			for (Future<?> lane : this.started) {
				lane.get();
			}
		}
		catch (InterruptedException ex) {
			this.started.forEach((lane) -> lane.cancel(true));
			throw ex;
		}
		catch (CancellationException | ExecutionException ex) {
			throw new IllegalStateException("A message was not processed", ex);
		}
	}

	/**
	 * Something to do.
	 */
	@FunctionalInterface
	interface Work {

		/**
		 * Does it.
		 * @return whether it succeeded
		 */
		boolean run();

	}

	/**
	 * What has to be done one after the other.
	 */
	private static final class Lane implements Runnable {

		private final Deque<Work> queue = new ArrayDeque<>();

		private boolean active;

		private boolean failed;

		synchronized boolean add(Work work) {
			if (this.failed) {
				return false;
			}
			this.queue.add(work);
			boolean start = !this.active;
			this.active = true;
			return start;
		}

		private synchronized @Nullable Work next(boolean succeeded) {
			this.failed = this.failed || !succeeded;
			Work work = this.failed ? null : this.queue.poll();
			this.active = work != null;
			return work;
		}

		@Override
		public void run() {
			Work work = next(true);
			while (work != null) {
				boolean succeeded = false;
				try {
					succeeded = work.run();
				}
				finally {
					work = next(succeeded);
				}
			}
		}

	}

}
