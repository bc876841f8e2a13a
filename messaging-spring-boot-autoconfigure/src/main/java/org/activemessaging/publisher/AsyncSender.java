package org.activemessaging.publisher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Sends messages for which nobody waits, all of them in the order of the calls. Who is
 * told of the end is called by a thread of its own, so that he cannot hold up the others.
 */
final class AsyncSender {

	private final AsyncOrder order = new AsyncOrder();

	private final Semaphore room;

	private final BatchSender batches;

	private final BiConsumer<AsyncPublication, Verdict> settle;

	private final ExecutorService callbacks;

	/**
	 * Creates a sender.
	 * @param broker the name of the broker
	 * @param maxInFlight how many messages may be on their way
	 * @param batches what sends, with one thread
	 * @param settle what is done with a message that could not be sent with others
	 */
	AsyncSender(String broker, int maxInFlight, BatchSender batches, BiConsumer<AsyncPublication, Verdict> settle) {
		this.room = new Semaphore(maxInFlight);
		this.batches = batches;
		this.settle = settle;
		CustomizableThreadFactory threads = new CustomizableThreadFactory(
				"messaging-publisher-" + broker + "-callback-");
		threads.setDaemon(true);
		// Bounded by the room, which is given back behind each callback.
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				threads);
		executor.allowCoreThreadTimeOut(true);
		this.callbacks = executor;
	}

	/**
	 * Sends a message.
	 * @param message the message
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @return completes when it is known what became of the message
	 * @throws TimeoutException if too many others are on their way
	 * @throws InterruptedException if the thread is interrupted
	 */
	CompletableFuture<@Nullable Void> send(OutboundMessage message, long deadline)
			throws TimeoutException, InterruptedException {
		if (!this.room.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
			throw new TimeoutException("as many messages as may be are on their way already");
		}
		AsyncPublication publication = new AsyncPublication(message, deadline, this.settle);
		try {
			this.order.add(publication, this.batches);
		}
		catch (RejectedExecutionException ex) {
			this.room.release();
			throw ex;
		}
		CompletableFuture<@Nullable Void> promise = new CompletableFuture<>();
		publication.end().whenComplete((result, failure) -> callBack(promise, failure));
		return promise;
	}

	private void callBack(CompletableFuture<@Nullable Void> promise, @Nullable Throwable failure) {
		try {
			this.callbacks.execute(() -> complete(promise, failure));
		}
		catch (RejectedExecutionException ex) {
			complete(promise, failure);
		}
	}

	private void complete(CompletableFuture<@Nullable Void> promise, @Nullable Throwable failure) {
		if (failure != null) {
			promise.completeExceptionally(failure);
		}
		else {
			promise.complete(null);
		}
		this.room.release();
	}

	/**
	 * Waits until a message that is published otherwise overtakes none of these.
	 * @param message the message
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @throws TimeoutException if others are on their way then
	 * @throws InterruptedException if the thread is interrupted
	 */
	void awaitTurn(OutboundMessage message, long deadline) throws TimeoutException, InterruptedException {
		this.order.await(message, deadline);
	}

	void awaitIdle(long deadline) {
		this.batches.awaitIdle(deadline);
	}

	void close() {
		this.batches.drop();
		this.callbacks.shutdown();
	}

}
