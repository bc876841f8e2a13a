package org.activemessaging.contract;

/**
 * The contract of ActiveMQ Classic by STOMP.
 */
@Contract(TestedBroker.STOMP)
class StompContractIT extends BrokerContract {

}
