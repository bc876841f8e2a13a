package org.activemessaging.flow;

/**
 * Idempotent processors on PostgreSQL, where a failed statement ends the transaction.
 */
class IdempotentPostgresTests extends IdempotentScenarios {

	@Override
	Database open() {
		return new Database(PostgresServer.newDatabase());
	}

}
