package org.activemessaging.operations;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a declared destination.
 *
 * @param destination the destination
 * @param group the consumer group, for a virtual topic
 * @param source the queue that messages are consumed from
 */
record QueueRef(NamedDestination destination, @Nullable String group, Address source) {

	Address deadLetters() {
		return this.destination.deadLetterAddress(this.source);
	}

	/**
	 * Whether this stands for all queues that match a pattern.
	 */
	boolean isManyQueues() {
		return this.destination.hasWildcard() && this.destination.type() == DestinationType.QUEUE;
	}

	/**
	 * Returns where a dead letter goes back to.
	 * @param origin the queue that it says it came from, which anybody may have written
	 * @return the address, or {@code null} if it is not of this queue
	 */
	@Nullable Address returnsTo(@Nullable String origin) {
		return this.destination.returnAddress(this.group, origin);
	}

	/**
	 * Checks that what is asked for is one queue.
	 * @throws IllegalArgumentException if it is all queues that match a pattern
	 */
	QueueRef one() {
		if (this.destination.hasWildcard()) {
			throw new IllegalArgumentException("Destination '" + this.destination.name() + "' stands for each "
					+ this.destination.type().label() + " that matches '" + this.destination.physicalName()
					+ "', and its messages can only be seen and moved one queue at a time; declare the one that is meant"
					+ " as a destination, and ask for that. Its dead letters are in one queue, and can be seen and sent"
					+ " back");
		}
		return this;
	}

	Broker broker() {
		return this.destination.broker();
	}

}
