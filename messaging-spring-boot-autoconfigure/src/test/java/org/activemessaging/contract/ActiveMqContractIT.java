package org.activemessaging.contract;

/**
 * The contract of ActiveMQ Classic.
 */
@Contract(TestedBroker.ACTIVEMQ)
class ActiveMqContractIT extends BrokerContract {

}
