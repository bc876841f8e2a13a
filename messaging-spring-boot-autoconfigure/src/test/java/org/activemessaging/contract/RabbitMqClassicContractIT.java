package org.activemessaging.contract;

/**
 * The contract of RabbitMQ with classic queues.
 */
@Contract(TestedBroker.RABBITMQ_CLASSIC)
class RabbitMqClassicContractIT extends BrokerContract {

}
