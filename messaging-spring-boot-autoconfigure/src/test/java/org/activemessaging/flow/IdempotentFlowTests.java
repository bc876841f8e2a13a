package org.activemessaging.flow;

/**
 * Idempotent processors on H2.
 */
class IdempotentFlowTests extends IdempotentScenarios {

	@Override
	Database open() {
		return Database.h2();
	}

}
