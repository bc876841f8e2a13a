package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The contract of RabbitMQ, held against a container.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
@Contract(value = TestedBroker.RABBITMQ, inContainer = true)
class RabbitMqContainerContractIT extends BrokerContract {

}
