package org.activemessaging.test;

import org.testcontainers.activemq.ArtemisContainer;

/**
 * Containers of Artemis.
 */
final class ArtemisContainerDetails extends BrokerContainerDetails<ArtemisContainer> {

	ArtemisContainerDetails() {
		super(ArtemisContainer.class, ArtemisContainer::getBrokerUrl, ArtemisContainer::getUser,
				ArtemisContainer::getPassword);
	}

}
