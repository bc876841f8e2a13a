package org.activemessaging.flow;

import java.sql.SQLException;
import java.util.UUID;

import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Kills of applications whose database is H2, in a server that lives on.
 */
class DatabaseKillIT extends DatabaseKillScenarios {

	private static Server server;

	@BeforeAll
	static void startServer() throws SQLException {
		server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
	}

	@AfterAll
	static void stopServer() {
		server.stop();
	}

	@Override
	String newDatabase() {
		return "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
	}

}
