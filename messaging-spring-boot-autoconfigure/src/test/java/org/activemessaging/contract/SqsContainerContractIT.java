package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * The contract of Amazon SQS, held against a container.
 */
@Tag("container")
@Testcontainers(disabledWithoutDocker = true)
@Contract(value = TestedBroker.SQS, inContainer = true)
class SqsContainerContractIT extends BrokerContract {

}
