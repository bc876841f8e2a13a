package org.activemessaging.publisher;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Who still has messages on their way for which nobody waits: what the same thread, or
 * anybody in the same message group, publishes next must not overtake them.
 */
final class AsyncOrder {

	private final Map<Object, CompletableFuture<?>> last = new ConcurrentHashMap<>();

	/**
	 * Puts a message of the calling thread into the order.
	 * @param publication the message
	 * @param queue what it is added to at the same moment
	 */
	synchronized void add(AsyncPublication publication, BatchSender queue) {
		queue.add(publication);
		CompletableFuture<?> end = publication.end();
		follow(Thread.currentThread(), end);
		Object group = group(publication.message());
		if (group != null) {
			follow(group, end);
		}
	}

	private void follow(Object key, CompletableFuture<?> end) {
		this.last.put(key, end);
		end.whenComplete((result, failure) -> this.last.remove(key, end));
	}

	/**
	 * Waits until a message of the calling thread overtakes nothing.
	 * @param message the message
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @throws TimeoutException if others are on their way then
	 * @throws InterruptedException if the thread is interrupted
	 */
	void await(OutboundMessage message, long deadline) throws TimeoutException, InterruptedException {
		if (!this.last.isEmpty()) {
			await(this.last.get(Thread.currentThread()), deadline);
			Object group = group(message);
			if (group != null) {
				await(this.last.get(group), deadline);
			}
		}
	}

	private static void await(@Nullable CompletableFuture<?> end, long deadline)
			throws TimeoutException, InterruptedException {
		if (end != null) {
			try {
				end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
			}
			catch (ExecutionException ex) {
				// Whoever published it is told; it is not on its way any more.
			}
		}
	}

	private static @Nullable Object group(OutboundMessage message) {
		Object group = message.group();
		return (group != null) ? new Group(message.destination().name(), group) : null;
	}

	private record Group(String destination, Object name) {
	}

}
