package org.activemessaging.contract;

/**
 * The contract of RabbitMQ.
 */
@Contract(TestedBroker.RABBITMQ)
class RabbitMqContractIT extends BrokerContract {

}
