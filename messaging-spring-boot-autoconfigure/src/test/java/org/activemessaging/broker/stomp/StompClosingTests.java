package org.activemessaging.broker.stomp;

import java.io.IOException;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.junit.jupiter.api.Test;

/**
 * Tests for connections that both ends close at once.
 */
class StompClosingTests {

	// Now and then the client writes to a channel that its event loop has just let go.
	@Test
	void closingDoesNotFailWhenTheServerHangsUpMeanwhile() throws IOException, JMSException {
		try (StompFakeServer server = new StompFakeServer(
				(frame) -> frame.startsWith("DISCONNECT\n") ? null : StompFakeServer.obey(frame))) {
			ConnectionFactory factory = new StompAdapter().createConnectionFactory(StompProfiles.of(server.url()));
			for (int i = 0; i < 200; i++) {
				Connection connection = factory.createConnection();
				connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
				connection.close();
			}
		}
	}

}
