package org.activemessaging.request;

import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of requests. Must be quick and must not throw.
 *
 * @since 0.1.0
 */
public interface ReplyListener {

	/**
	 * A request has ended, but not as its time was over.
	 * @param destination where it went
	 * @param nanos how long it took, in nanoseconds
	 * @param failure why there was no reply, or {@code null} if there was one
	 */
	default void ended(NamedDestination destination, long nanos, @Nullable Throwable failure) {
	}

	/**
	 * A request has got no reply in its time.
	 * @param destination where it went
	 * @param nanos how long it took, in nanoseconds
	 */
	default void timedOut(NamedDestination destination, long nanos) {
	}

	/**
	 * A reply has come for which nobody waits any more.
	 * @param broker where it came from
	 */
	default void late(Broker broker) {
	}

}
