package org.activemessaging.publisher;

import java.util.Map;

import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Accompanies each message from the publish call to the broker's word. Called by the
 * publishing threads; must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PublishObserver {

	/**
	 * Observes nothing.
	 */
	PublishObserver NONE = (destination, headers) -> Observed.NONE;

	/**
	 * A message is about to be published by the current thread, before it is written and
	 * filtered.
	 * @param destination where to
	 * @param headers its headers so far, to which some may be added
	 * @return what is told how it goes on
	 */
	Observed begin(NamedDestination destination, Map<String, Object> headers);

	/**
	 * A message that is being published.
	 */
	interface Observed {

		/**
		 * Nobody looks.
		 */
		Observed NONE = new Observed() {
		};

		/**
		 * The publishing thread goes on with something else. Called once, by that thread.
		 */
		default void leave() {
		}

		/**
		 * The broker, the outbox or the transaction of a processor has the message, or
		 * has not. Called once, after {@link #leave()}, by any thread.
		 * @param failure why it has not, or {@code null} if it has
		 */
		default void end(@Nullable Throwable failure) {
		}

	}

}
