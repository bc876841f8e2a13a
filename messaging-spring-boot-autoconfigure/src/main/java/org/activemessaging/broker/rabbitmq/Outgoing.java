package org.activemessaging.broker.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.jms.admin.RMQDestination;
import com.rabbitmq.jms.client.message.RMQTextMessage;

/**
 * A message as it leaves, which nothing can change any more.
 */
final class Outgoing extends RMQTextMessage {

	private static final long serialVersionUID = 1L;

	private final transient RMQDestination destination;

	private final transient BasicProperties properties;

	private final transient byte[] body;

	Outgoing(RMQDestination destination, BasicProperties properties, byte[] body) {
		this.destination = destination;
		this.properties = properties;
		this.body = body;
	}

	RMQDestination destination() {
		return this.destination;
	}

	BasicProperties properties() {
		return this.properties;
	}

	byte[] body() {
		return this.body;
	}

	/**
	 * Tells whether the message has to reach a queue. What is published to a topic may
	 * have no subscriber.
	 */
	boolean isMandatory() {
		return this.destination.getAmqpExchangeName().isEmpty();
	}

}
