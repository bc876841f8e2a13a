package org.activemessaging.broker.sqs;

import jakarta.jms.Queue;
import jakarta.jms.Topic;

/**
 * A queue, or a virtual topic.
 *
 * @param name its name as the application knows it
 * @param topic whether it is a virtual topic
 */
record SqsDestination(String name, boolean topic) implements Queue, Topic {

	static SqsDestination queue(String name) {
		return new SqsDestination(name, false);
	}

	@Override
	public String getQueueName() {
		return this.name;
	}

	@Override
	public String getTopicName() {
		return this.name;
	}

	@Override
	public String toString() {
		return (this.topic ? "topic " : "queue ") + this.name;
	}

}
