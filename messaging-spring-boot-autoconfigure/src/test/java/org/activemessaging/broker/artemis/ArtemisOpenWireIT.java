package org.activemessaging.broker.artemis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.broker.OrderRecorder;
import org.activemessaging.contract.ArtemisUnderTest;
import org.activemessaging.flow.Flow;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jms.support.JmsUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ActiveMQ Classic's client, which knows virtual topics by the names of their queues,
 * next to applications of this library on the same Artemis.
 */
class ArtemisOpenWireIT {

	private static final String VOYEUR = "Consumer.voyeur.VirtualTopic.Clicks";

	private static final String BILLING = "Consumer.billing.VirtualTopic.Clicks";

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private ArtemisUnderTest broker;

	private Connection openWire;

	@BeforeEach
	void start() throws JMSException {
		this.broker = new ArtemisUnderTest(this.directory, "openwire", "scan-millis=50");
		this.broker.start();
		var credentials = this.broker.properties();
		this.openWire = new ActiveMQConnectionFactory(
				"tcp://localhost:" + this.broker.openWirePort() + "?jms.prefetchPolicy.queuePrefetch=1")
			.createConnection(credentials.get("user"), credentials.get("password"));
		this.openWire.start();
	}

	@AfterEach
	void stop() {
		JmsUtils.closeConnection(this.openWire);
		this.broker.close();
	}

	@Test
	void clientOfActiveMqSharesTheQueueOfAGroup() throws JMSException {
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		clicks().withBean("recorder", OrderRecorder.class, () -> recorder).run((context) -> {
			List<String> shared = consume(VOYEUR);
			List<String> others = consume(BILLING);
			MessagePublisher publisher = context.getBean(MessagePublisher.class);
			for (int i = 0; i < 20; i++) {
				publisher.publish("orders", "ours-" + i);
				send("theirs-" + i);
			}
			Flow.eventually().until(() -> recorder.completed().size() + shared.size() >= 40 && others.size() >= 40);
			List<String> all = new ArrayList<>(recorder.completed());
			all.addAll(shared);
			assertThat(all).containsExactlyInAnyOrderElementsOf(published());
			assertThat(recorder.completed()).isNotEmpty();
			assertThat(shared).isNotEmpty();
			assertThat(others).containsExactlyInAnyOrderElementsOf(published());
		});
	}

	@Test
	void groupThatIsAwayMissesNothingThatAClientOfActiveMqPublishes() throws JMSException {
		clicks().withPropertyValues("messaging.destination.orders.groups=voyeur")
			.run((context) -> context.getBean(MessagePublisher.class).publish("orders", "first"));
		send("second");
		OrderRecorder recorder = OrderRecorder.thatSucceeds();
		clicks().withBean("recorder", OrderRecorder.class, () -> recorder)
			.run((context) -> Flow.eventually()
				.untilAsserted(() -> assertThat(recorder.completed()).containsExactlyInAnyOrder("first", "second")));
	}

	private ApplicationContextRunner clicks() {
		return ArtemisApplication.ofVirtualTopic(this.broker, "Clicks")
			.withPropertyValues("messaging.listener.window=1");
	}

	private List<String> consume(String queue) throws JMSException {
		List<String> received = new CopyOnWriteArrayList<>();
		Session session = this.openWire.createSession(false, Session.AUTO_ACKNOWLEDGE);
		session.createConsumer(session.createQueue(queue)).setMessageListener((message) -> {
			try {
				received.add(((TextMessage) message).getText());
			}
			catch (JMSException ex) {
				throw new IllegalStateException(ex);
			}
		});
		return received;
	}

	private void send(String text) throws JMSException {
		try (Session session = this.openWire.createSession(false, Session.AUTO_ACKNOWLEDGE);
				MessageProducer producer = session.createProducer(session.createTopic("VirtualTopic.Clicks"))) {
			producer.send(session.createTextMessage(text));
		}
	}

	private static List<String> published() {
		return IntStream.range(0, 20).boxed().<String>mapMulti((i, all) -> {
			all.accept("ours-" + i);
			all.accept("theirs-" + i);
		}).toList();
	}

}
