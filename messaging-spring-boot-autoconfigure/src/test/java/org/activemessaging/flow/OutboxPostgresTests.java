package org.activemessaging.flow;

/**
 * The outbox on PostgreSQL.
 */
class OutboxPostgresTests extends OutboxScenarios {

	@Override
	Database open() {
		return new Database(PostgresServer.newDatabase());
	}

}
