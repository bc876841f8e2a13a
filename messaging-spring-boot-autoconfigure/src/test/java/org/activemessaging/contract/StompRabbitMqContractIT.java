package org.activemessaging.contract;

import org.junit.jupiter.api.Tag;

/**
 * The contract of RabbitMQ by STOMP. With every build there is {@code StompRabbitMqIT}.
 */
@Tag("long")
@Contract(TestedBroker.STOMP_RABBITMQ)
class StompRabbitMqContractIT extends BrokerContract {

}
