package org.activemessaging.publisher;

import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of publications. Called by the publishing threads, so it must be
 * quick and must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PublishListener {

	/**
	 * A message was published, or was not.
	 * @param destination where to
	 * @param nanos how long it took, in nanoseconds
	 * @param failure why it failed, or {@code null} if it did not
	 */
	void published(NamedDestination destination, long nanos, @Nullable Throwable failure);

}
