package org.activemessaging.broker.stomp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.contract.StompUnderTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * STOMP to Artemis.
 */
class StompArtemisIT extends StompScenarios {

	@Override
	StompUnderTest create(Path directory) {
		return StompUnderTest.artemis(directory);
	}

	@Test
	void managementTellsTheNumbersOfAQueue() {
		Address queue = queue();
		onSession(Session.AUTO_ACKNOWLEDGE, (session) -> {
			send(session, queue, "1", "2", "3");
			QueueInspector inspector = adapter().inspector(session);
			QueueSample sample = inspector.inspect(List.of(queue.name(), "Unknown"), Duration.ofSeconds(5)).get(0);
			assertThat(sample.depth()).isEqualTo(3);
			assertThat(sample.exact()).isTrue();
			assertThat(sample.inFlight()).isZero();
			assertThat(sample.consumers()).isZero();
			assertThat(sample.oldestAge()).isNotNull();
			assertThat(inspector.inspect(List.of("Unknown"), Duration.ofSeconds(5)).get(0).depth()).isNull();
		});
	}

	@Test
	void whoMayNotManageKnowsNoNumbersAndMakesNoQueuesOfGroups() throws JMSException {
		Map<String, String> user = new HashMap<>(ArtemisUnderTest.credentials("app"));
		Address group = adapter().groupQueue("Managed", "voyeur");
		Address queue = queue();
		try (Connection connection = factory(user).createConnection()) {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			send(session, queue, "1");
			QueueInspector inspector = adapter().inspector(session);
			for (int i = 0; i < 2; i++) {
				QueueSample sample = inspector.inspect(List.of(queue.name()), Duration.ofSeconds(5)).get(0);
				assertThat(sample.depth()).isNull();
				assertThat(sample.source()).startsWith("no right to ask");
			}
			assertThatExceptionOfType(JMSSecurityException.class)
				.isThrownBy(() -> adapter().prepare(session, List.of(group)))
				.withMessageContaining("'create-group-queues'");
			send(session, queue, "2");
		}
		onSession(Session.AUTO_ACKNOWLEDGE, (session) -> adapter().prepare(session, List.of(group)));
		user.put("properties.create-group-queues", "false");
		try (Connection connection = factory(user).createConnection()) {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			send(session, adapter().virtualTopic("Managed"), "published");
			MessageConsumer consumer = adapter().createConsumer(session, group, 1, null);
			assertThat(texts(consumer, 1)).containsExactly("published");
		}
	}

}
