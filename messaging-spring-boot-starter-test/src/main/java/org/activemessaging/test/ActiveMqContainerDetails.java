package org.activemessaging.test;

import org.testcontainers.activemq.ActiveMQContainer;

/**
 * Containers of ActiveMQ Classic.
 */
final class ActiveMqContainerDetails extends BrokerContainerDetails<ActiveMQContainer> {

	ActiveMqContainerDetails() {
		super(ActiveMQContainer.class, ActiveMQContainer::getBrokerUrl, ActiveMQContainer::getUser,
				ActiveMQContainer::getPassword);
	}

}
