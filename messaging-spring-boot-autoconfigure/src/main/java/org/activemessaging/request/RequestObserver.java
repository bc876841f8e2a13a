package org.activemessaging.request;

import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Accompanies each request from the call to its reply. Must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RequestObserver {

	/**
	 * Observes nothing.
	 */
	RequestObserver NONE = (destination) -> Observed.NONE;

	/**
	 * A request is about to be published by the current thread.
	 * @param destination where to
	 * @return what is told how it goes on
	 */
	Observed begin(NamedDestination destination);

	/**
	 * A request that waits for its reply.
	 */
	interface Observed {

		/**
		 * Nobody looks.
		 */
		Observed NONE = new Observed() {
		};

		/**
		 * Makes what publishes the request part of it.
		 * @param publish what publishes the request, on any thread
		 * @return the same, to be run instead
		 */
		default Runnable within(Runnable publish) {
			return publish;
		}

		/**
		 * The request has its reply, or will have none. Called once, by any thread.
		 * @param failure why it has none, or {@code null} if it has one
		 */
		default void end(@Nullable Throwable failure) {
		}

	}

}
