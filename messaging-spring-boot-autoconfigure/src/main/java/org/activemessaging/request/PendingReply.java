package org.activemessaging.request;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.activemessaging.NoReplyException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * A reply that is waited for.
 *
 * @param <R> its type
 */
final class PendingReply<R> {

	private final CompletableFuture<R> result = new CompletableFuture<>();

	private final CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();

	private final NamedDestination destination;

	private final Function<Message<?>, R> reader;

	private volatile @Nullable Throwable uncertain;

	private volatile boolean timedOut;

	/**
	 * Creates a pending reply.
	 * @param destination where the request goes
	 * @param reader what makes the reply of a message
	 */
	PendingReply(NamedDestination destination, Function<Message<?>, R> reader) {
		this.destination = destination;
		this.reader = reader;
	}

	CompletableFuture<R> result() {
		return this.result;
	}

	/**
	 * Begins to wait.
	 * @param timeout how long
	 * @param executor where what hangs on the result goes on
	 * @param reason why there may be no reply, asked at the end
	 */
	void start(Duration timeout, Executor executor, Supplier<String> reason) {
		this.result.whenComplete((reply, failure) -> this.timer.complete(null));
		this.timer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenCompleteAsync((nothing, late) -> {
			if (late instanceof TimeoutException) {
				this.timedOut = true;
				end(" within " + timeout.toMillis() + " ms" + reason.get());
			}
		}, executor);
	}

	/**
	 * Tells whether the wait has ended as its time was over.
	 */
	boolean isTimedOut() {
		return this.timedOut;
	}

	/**
	 * Ends the wait, as there will be no reply.
	 * @param reason why, as the end of a sentence
	 */
	void end(String reason) {
		fail(new NoReplyException(this.destination.name(), "There was no reply from " + this.destination + reason,
				this.uncertain));
	}

	/**
	 * Notes that the request was not sent, or that nobody knows: then there may still be
	 * a reply.
	 * @param failure what its publish has come to
	 */
	void notSent(Throwable failure) {
		if (failure instanceof PublishUncertainException) {
			this.uncertain = failure;
		}
		else {
			fail(failure);
		}
	}

	void fail(Throwable failure) {
		this.result.completeExceptionally(failure);
	}

	void complete(Message<?> message) {
		try {
			this.result.complete(this.reader.apply(message));
		}
		catch (RuntimeException ex) {
			fail(ex);
		}
	}

}
