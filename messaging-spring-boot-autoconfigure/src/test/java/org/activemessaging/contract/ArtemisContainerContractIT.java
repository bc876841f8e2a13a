package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The contract of Artemis, held against a container.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
@Contract(value = TestedBroker.ARTEMIS, inContainer = true)
class ArtemisContainerContractIT extends BrokerContract {

}
