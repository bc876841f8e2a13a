package org.activemessaging.observation;

import io.micrometer.observation.Observation;
import org.activemessaging.destination.NamedDestination;

/**
 * What is known of a request that waits for its reply.
 *
 * @since 0.1.0
 */
public final class MessagingRequestContext extends Observation.Context {

	private final NamedDestination destination;

	MessagingRequestContext(NamedDestination destination) {
		this.destination = destination;
	}

	/**
	 * Returns where the request goes.
	 * @return the destination
	 */
	public NamedDestination destination() {
		return this.destination;
	}

}
