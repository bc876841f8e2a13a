package org.activemessaging.flow;

/**
 * Kills of applications whose database is PostgreSQL.
 */
class DatabaseKillPostgresIT extends DatabaseKillScenarios {

	@Override
	String newDatabase() {
		return PostgresServer.newDatabase();
	}

}
