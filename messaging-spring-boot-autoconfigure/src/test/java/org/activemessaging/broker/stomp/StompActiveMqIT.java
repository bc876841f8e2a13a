package org.activemessaging.broker.stomp;

import java.nio.file.Path;

import org.activemessaging.contract.StompUnderTest;

/**
 * STOMP to ActiveMQ.
 */
class StompActiveMqIT extends StompScenarios {

	@Override
	StompUnderTest create(Path directory) {
		return StompUnderTest.activeMq(directory);
	}

}
