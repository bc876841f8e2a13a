package org.activemessaging.publisher;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A message for which nobody waits, but of which somebody is told.
 */
final class AsyncPublication extends Waiting {

	private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

	private final BiConsumer<AsyncPublication, Verdict> settle;

	AsyncPublication(OutboundMessage message, long deadline, BiConsumer<AsyncPublication, Verdict> settle) {
		super(message, deadline);
		this.settle = settle;
	}

	/**
	 * Returns what completes when it is known what became of the message.
	 */
	CompletableFuture<@Nullable Void> end() {
		return this.end;
	}

	// By the thread that sends, so that those behind it follow.
	@Override
	void decided(Verdict verdict) {
		try {
			this.settle.accept(this, verdict);
			this.end.complete(null);
		}
		catch (RuntimeException ex) {
			this.end.completeExceptionally(ex);
		}
	}

}
