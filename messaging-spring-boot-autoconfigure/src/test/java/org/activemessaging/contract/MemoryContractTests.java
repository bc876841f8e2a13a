package org.activemessaging.contract;

/**
 * The contract of the broker in the JVM.
 */
@Contract(TestedBroker.MEMORY)
class MemoryContractTests extends BrokerContract {

}
