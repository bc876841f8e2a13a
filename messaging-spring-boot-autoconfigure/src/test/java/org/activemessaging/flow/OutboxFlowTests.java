package org.activemessaging.flow;

/**
 * The outbox on H2.
 */
class OutboxFlowTests extends OutboxScenarios {

	@Override
	Database open() {
		return Database.h2();
	}

}
