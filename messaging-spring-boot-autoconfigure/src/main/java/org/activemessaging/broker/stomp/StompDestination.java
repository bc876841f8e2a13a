package org.activemessaging.broker.stomp;

import jakarta.jms.Queue;
import jakarta.jms.Topic;
import org.activemessaging.broker.Address;

/**
 * A queue or a topic by its physical name; how STOMP calls it is the dialect's word.
 *
 * @param address the queue or topic
 */
record StompDestination(Address address) implements Queue, Topic {

	@Override
	public String getQueueName() {
		return this.address.name();
	}

	@Override
	public String getTopicName() {
		return this.address.name();
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

}
