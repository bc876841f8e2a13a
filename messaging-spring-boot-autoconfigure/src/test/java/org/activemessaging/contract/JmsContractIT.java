package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;

/**
 * The contract of any provider of Jakarta Messaging, by Qpid JMS to Artemis. With every
 * build there is {@code QpidFlowIT}.
 */
@Tag("long")
@Contract(TestedBroker.JMS)
class JmsContractIT extends BrokerContract {

}
