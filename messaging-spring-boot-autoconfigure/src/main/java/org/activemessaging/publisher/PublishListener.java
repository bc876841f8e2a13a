package org.activemessaging.publisher;

import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of publications. Called by the publishing threads and those of the
 * publisher, so it must be quick and must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PublishListener {

	/**
	 * Messages were sent together, each of which is told of by itself as well.
	 * @param broker where to
	 * @param count how many
	 */
	default void sentTogether(Broker broker, int count) {
	}

	/**
	 * A message is sent once more, with the same id, as the answer to it was lost: the
	 * broker may have it twice.
	 * @param destination where to
	 * @param id the id of the message
	 */
	default void sentAgain(NamedDestination destination, String id) {
	}

	/**
	 * A message was published, or was not.
	 * @param destination where to
	 * @param nanos how long it took, in nanoseconds
	 * @param failure why it failed, or {@code null} if it did not
	 */
	void published(NamedDestination destination, long nanos, @Nullable Throwable failure);

}
