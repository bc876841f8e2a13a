package org.activemessaging.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.PlainClient;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages far larger than what is taken, for an application whose memory has no room for
 * many of them: they are put aside, and the others go on.
 */
class LargePayloadIT {

	// All of them together are more than half of what the application has (256 MB).
	private static final int SIZE = 8 * 1024 * 1024;

	private static final int ROUNDS = 6;

	private static final int OTHERS = 20;

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	@Test
	void payloadsThatAreTooLargeArePutAsideAndTheApplicationLives() throws Exception {
		try (FaultRun run = new FaultRun(AppProcess.Kind.OURS, this.directory)) {
			AppProcess application = run.start("messaging.listener.max-payload-size=1MB");
			for (int round = 0; round < ROUNDS; round++) {
				sendLarge(run.broker().url());
				run.preload("m" + round, OTHERS);
			}
			Flow.eventually().atMost(FaultRun.LONG).until(() -> run.reader().done() == ROUNDS * OTHERS);
			try (PlainClient client = run.broker().client()) {
				Flow.eventually().atMost(FaultRun.LONG).until(run::isSettled);
				List<Message> letters = client.drain("DLQ." + FaultRun.QUEUE);
				assertThat(letters).hasSize(3 * ROUNDS);
				for (Message letter : letters) {
					assertThat(letter.getStringProperty(MessagingHeaders.FAILURE_KIND)).isEqualTo("payload-too-large");
					assertThat(letter.getIntProperty(MessagingHeaders.ATTEMPT)).isOne();
				}
			}
			assertThat(application.isAlive()).isTrue();
			assertThat(Files.readString(run.log())).doesNotContain("OutOfMemoryError");
		}
	}

	// As text, as bytes, and as text that is small on its way.
	private static void sendLarge(String url) throws JMSException {
		String text = "x".repeat(SIZE);
		send(url, (session) -> session.createTextMessage(text));
		send(url, (session) -> {
			BytesMessage message = session.createBytesMessage();
			message.writeBytes(new byte[SIZE]);
			return message;
		});
		send(url + "?jms.useCompression=true", (session) -> session.createTextMessage(text));
	}

	private static void send(String url, PlainClient.Factory factory) throws JMSException {
		try (Connection connection = new ActiveMQConnectionFactory(url).createConnection()) {
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			MessageProducer producer = session.createProducer(session.createQueue(FaultRun.QUEUE));
			producer.send(factory.create(session));
		}
	}

}
