package org.activemessaging;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Thrown by a processor that takes a whole window ({@code List<T>}), to say which of the
 * messages have failed. Each of these goes its own way by what is said to be its cause:
 * redelivery, or the dead letters for a {@link RejectMessageException}. Any other
 * exception says nothing of the kind; then each message of the window is tried alone.
 * <p>
 * What the call has published is sent, unless all of its messages are tried again.
 *
 * @since 0.1.0
 */
public class WindowFailureException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * The failures by the place of their message.
	 */
	private final TreeMap<Integer, Throwable> failures;

	/**
	 * Whether the messages behind the last failure were not handled.
	 */
	private final boolean stopped;

	private WindowFailureException(String message, TreeMap<Integer, Throwable> failures, boolean stopped) {
		super(message, failures.firstEntry().getValue());
		this.failures = failures;
		this.stopped = stopped;
	}

	/**
	 * Says that a message has failed, those before it are done, and those behind it were
	 * not begun. These are handed to the processor again, without it, and their tries are
	 * not counted.
	 * @param index the index of the message in the list
	 * @param cause why it has failed
	 * @return the exception to throw
	 */
	public static WindowFailureException stoppedAt(int index, Throwable cause) {
		TreeMap<Integer, Throwable> failures = checked(Map.of(index, cause));
		return new WindowFailureException("Message " + index + " of the window has failed: " + cause.getMessage(),
				failures, true);
	}

	/**
	 * Says that some messages have failed, and all others are done.
	 * @param failures the causes by the indices of the messages in the list
	 * @return the exception to throw
	 */
	public static WindowFailureException failed(Map<Integer, ? extends Throwable> failures) {
		TreeMap<Integer, Throwable> copy = checked(failures);
		return new WindowFailureException("Messages " + copy.keySet() + " of the window have failed, the first one: "
				+ copy.firstEntry().getValue().getMessage(), copy, false);
	}

	private static TreeMap<Integer, Throwable> checked(Map<Integer, ? extends Throwable> failures) {
		TreeMap<Integer, Throwable> copy = new TreeMap<>(failures);
		if (copy.isEmpty()) {
			throw new IllegalArgumentException("At least one message must have failed");
		}
		if (copy.firstKey() < 0) {
			throw new IllegalArgumentException("The index " + copy.firstKey() + " of a message is negative");
		}
		return copy;
	}

	/**
	 * Returns what has failed.
	 * @return the causes by the indices of the messages, from the lowest on
	 */
	public final Map<Integer, Throwable> getFailures() {
		return Collections.unmodifiableMap(this.failures);
	}

	/**
	 * Tells whether the messages behind the failed one were not begun.
	 * @return whether they have to be processed yet
	 */
	public final boolean isStopped() {
		return this.stopped;
	}

}
