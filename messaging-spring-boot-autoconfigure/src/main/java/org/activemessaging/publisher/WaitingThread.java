package org.activemessaging.publisher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A message whose thread waits for the broker's word.
 */
final class WaitingThread extends Waiting {

	// Whoever sends gives up at the deadline, and then knows more.
	private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(100);

	private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

	WaitingThread(OutboundMessage message, long deadline) {
		super(message, deadline);
	}

	@Override
	void decided(Verdict verdict) {
		this.verdict.complete(verdict);
	}

	/**
	 * Waits for what becomes of the message.
	 * @return what became of it
	 * @throws TimeoutException if that is not known in time
	 * @throws InterruptedException if the thread is interrupted
	 */
	Verdict await() throws TimeoutException, InterruptedException {
		try {
			return this.verdict.get(deadline() + GRACE - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
