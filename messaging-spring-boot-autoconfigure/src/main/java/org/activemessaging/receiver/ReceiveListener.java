package org.activemessaging.receiver;

import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of receives and of their messages. Called by the receiving
 * threads, so it must be quick and must not throw.
 *
 * @since 0.1.0
 */
public interface ReceiveListener {

	/**
	 * A call has ended.
	 * @param destination where messages were to come from
	 * @param group the consumer group, for a virtual topic
	 * @param nanos how long it took, the wait for a message and its handler included, in
	 * nanoseconds
	 * @param handled whether a message was handled
	 * @param failure what the call throws, or {@code null} if it returns
	 */
	default void ended(NamedDestination destination, @Nullable String group, long nanos, boolean handled,
			@Nullable Throwable failure) {
	}

	/**
	 * A message is done.
	 * @param destination where it came from
	 * @param group the consumer group, for a virtual topic
	 * @param waitMillis the time from sent to received, in milliseconds by the clocks of
	 * both sides, or a negative number if it is unknown
	 */
	default void done(NamedDestination destination, @Nullable String group, long waitMillis) {
	}

	/**
	 * A message is given up.
	 * @param letter why
	 */
	default void deadLettered(DeadLetter letter) {
	}

}
