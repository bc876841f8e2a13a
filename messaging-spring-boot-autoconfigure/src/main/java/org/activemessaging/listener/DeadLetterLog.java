package org.activemessaging.listener;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.FailureHeaders;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs the dead letters of one processor: the first ones in full, and while more than a
 * few come in a minute, one line a minute with their number and the last of them. An
 * outage behind a processor must not fill the disk with its log.
 */
final class DeadLetterLog {

	private static final Log logger = LogFactory.getLog(DeadLetterLog.class);

	private static final int IN_FULL = 10;

	private final Map<String, Long> unlogged = new TreeMap<>();

	private final String processor;

	private final int maxAttempts;

	private final Executor inAMinute;

	private int left = IN_FULL;

	private boolean waiting;

	private @Nullable String last;

	DeadLetterLog(String processor, int maxAttempts) {
		this(processor, maxAttempts, CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES));
	}

	DeadLetterLog(String processor, int maxAttempts, Executor inAMinute) {
		this.processor = processor;
		this.maxAttempts = maxAttempts;
		this.inAMinute = inAMinute;
	}

	/**
	 * Logs a dead letter, now or together with others.
	 * @param letter why the message was given up
	 * @param id the id of the message
	 */
	synchronized void add(DeadLetter letter, String id) {
		if (this.left > 0) {
			this.left--;
			logger.warn("Message " + describe(letter, id) + ((this.left > 0) ? ""
					: ". If there are more, they are counted, and logged in one line a minute"));
		}
		else {
			this.unlogged.merge(letter.kind(), 1L, Long::sum);
			this.last = describe(letter, id);
		}
		if (!this.waiting) {
			this.waiting = true;
			this.inAMinute.execute(this::minuteIsOver);
		}
		if (logger.isDebugEnabled()) {
			logger.debug("Last failure of message " + FailureHeaders.clean(id), letter.failure());
		}
	}

	private String describe(DeadLetter letter, String id) {
		return FailureHeaders.clean(id) + " of " + this.processor + " is moved to the dead letters in "
				+ letter.address() + " after " + letter.attempt() + " of " + this.maxAttempts + " tries ("
				+ letter.kind() + "): " + letter.failure().getClass().getName() + ": "
				+ FailureHeaders.clean(letter.failure().getMessage());
	}

	private synchronized void minuteIsOver() {
		if (this.unlogged.isEmpty()) {
			this.left = IN_FULL;
			this.waiting = false;
			return;
		}
		long count = this.unlogged.values().stream().mapToLong(Long::longValue).sum();
		String kinds = this.unlogged.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + ": " + entry.getValue())
			.collect(Collectors.joining(", "));
		logger.warn(count + " more messages of " + this.processor + " were moved to the dead letters within a minute ("
				+ kinds + "). The last one is " + this.last);
		this.unlogged.clear();
		this.inAMinute.execute(this::minuteIsOver);
	}

}
