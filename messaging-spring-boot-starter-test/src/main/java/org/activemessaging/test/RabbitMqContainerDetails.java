package org.activemessaging.test;

import org.testcontainers.rabbitmq.RabbitMQContainer;

/**
 * Containers of RabbitMQ.
 */
final class RabbitMqContainerDetails extends BrokerContainerDetails<RabbitMQContainer> {

	RabbitMqContainerDetails() {
		super(RabbitMQContainer.class, RabbitMQContainer::getAmqpUrl, RabbitMQContainer::getAdminUsername,
				RabbitMQContainer::getAdminPassword);
	}

}
