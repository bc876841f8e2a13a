package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;

/**
 * The contract of RabbitMQ with classic queues.
 */
@Tag("long")
@Contract(TestedBroker.RABBITMQ_CLASSIC)
class RabbitMqClassicContractIT extends BrokerContract {

}
