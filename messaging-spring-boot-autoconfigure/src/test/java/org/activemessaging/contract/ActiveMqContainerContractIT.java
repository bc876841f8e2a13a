package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The contract of ActiveMQ Classic, held against a container.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
@Contract(value = TestedBroker.ACTIVEMQ, inContainer = true)
class ActiveMqContainerContractIT extends BrokerContract {

}
