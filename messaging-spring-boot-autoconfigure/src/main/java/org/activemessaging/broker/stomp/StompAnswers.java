package org.activemessaging.broker.stomp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.jms.JMSException;

/**
 * The answers that a connection still expects of its broker: the one to its greeting, and
 * the receipts it has asked for. Whoever waits for one does so for a limited time.
 */
final class StompAnswers {

	private final AtomicLong nextReceipt = new AtomicLong();

	private final CompletableFuture<StompFrame> connected = new CompletableFuture<>();

	private final Map<String, CompletableFuture<StompFrame>> receipts = new ConcurrentHashMap<>();

	/**
	 * The answer to the greeting.
	 */
	CompletableFuture<StompFrame> connected() {
		return this.connected;
	}

	/**
	 * Makes a frame ask for a receipt.
	 * @param frame a frame
	 * @param receipt what is completed when the receipt comes
	 * @return the frame to send
	 */
	StompFrame asking(StompFrame frame, CompletableFuture<StompFrame> receipt) {
		String id = "r-" + this.nextReceipt.incrementAndGet();
		this.receipts.put(id, receipt);
		Map<String, String> headers = new LinkedHashMap<>(frame.headers());
		headers.put("receipt", id);
		return new StompFrame(frame.command(), headers, frame.body());
	}

	void receipt(StompFrame frame) {
		CompletableFuture<StompFrame> receipt = this.receipts.remove(frame.header("receipt-id", ""));
		if (receipt != null) {
			receipt.complete(frame);
		}
	}

	/**
	 * Tells all who wait that nothing comes any more.
	 */
	void fail(JMSException reason) {
		this.connected.completeExceptionally(reason);
		this.receipts.values().forEach((receipt) -> receipt.completeExceptionally(reason));
	}

	/**
	 * Waits for an answer.
	 * @param future the answer
	 * @param deadline until when, as of {@link System#nanoTime()}
	 * @param otherwise what to say if it does not come
	 * @return the answer
	 * @throws JMSException if it does not come in time, or is a failure
	 */
	static <T> T await(CompletableFuture<T> future, long deadline, String otherwise) throws JMSException {
		try {
			return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			future.cancel(false);
			throw StompFailures.lost(otherwise + " in time", new SocketTimeoutException("timeout"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw StompFailures.lost(otherwise, new InterruptedIOException("interrupted"));
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof JMSException known) {
				throw known;
			}
			throw StompFailures.lost(otherwise, (ex.getCause() instanceof IOException io) ? io : ex.getCause());
		}
	}

}
