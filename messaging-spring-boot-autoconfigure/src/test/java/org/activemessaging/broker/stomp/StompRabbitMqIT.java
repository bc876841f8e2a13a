package org.activemessaging.broker.stomp;

import java.nio.file.Path;

import org.activemessaging.contract.StompUnderTest;

/**
 * STOMP to RabbitMQ.
 */
class StompRabbitMqIT extends StompScenarios {

	@Override
	StompUnderTest create(Path directory) {
		return StompUnderTest.rabbitMq(directory);
	}

}
