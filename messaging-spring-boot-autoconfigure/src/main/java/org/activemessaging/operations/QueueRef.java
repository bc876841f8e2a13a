package org.activemessaging.operations;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
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

	Broker broker() {
		return this.destination.broker();
	}

}
