package org.activemessaging.deadletter;

import org.activemessaging.broker.Address;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is given up.
 *
 * @param processor the id of the processor that failed
 * @param destination the destination that the message came from
 * @param group the consumer group, for a virtual topic
 * @param source the address that the message was consumed from
 * @param kind the kind of failure
 * @param attempt how often the message has failed
 * @param failure the last failure
 * @param trace the trace context of the last try, or {@code null} if it was not traced
 * @since 0.1.0
 */
public record DeadLetter(String processor, NamedDestination destination, @Nullable String group, Address source,
		String kind, int attempt, Throwable failure, @Nullable String trace) {

	/**
	 * Returns where the message goes.
	 * @return the address of the dead-letter queue
	 */
	public Address address() {
		return this.destination.deadLetterAddress(this.source);
	}

}
