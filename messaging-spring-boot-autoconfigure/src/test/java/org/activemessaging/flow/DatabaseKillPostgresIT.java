package org.activemessaging.flow;

import org.junit.jupiter.api.Tag;

/**
 * Kills of applications whose database is PostgreSQL.
 */
@Tag("long")
class DatabaseKillPostgresIT extends DatabaseKillScenarios {

	@Override
	String newDatabase() {
		return PostgresServer.newDatabase();
	}

}
