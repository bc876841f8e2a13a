package org.activemessaging.broker.stomp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.flow.Flow;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.region.Subscription;
import org.apache.activemq.command.ConnectionInfo;
import org.apache.activemq.command.ConsumerInfo;
import org.apache.activemq.command.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests against an ActiveMQ that refuses what a test tells it to.
 */
class StompGuardedTests {

	private static final BrokerService broker = new BrokerService();

	private static volatile String forbidden = "";

	private static String url;

	private final StompAdapter adapter = new StompAdapter();

	@BeforeAll
	static void start() throws Exception {
		broker.setBrokerName("guarded-stomp");
		broker.setPersistent(false);
		broker.setUseJmx(false);
		broker.setUseShutdownHook(false);
		broker.setPlugins(new BrokerPlugin[] { Guard::new });
		broker.addConnector("stomp://localhost:0?transport.tcpNoDelay=true");
		broker.start();
		broker.waitUntilStarted();
		url = "stomp://localhost:" + broker.getTransportConnectors().get(0).getConnectUri().getPort();
	}

	@AfterAll
	static void stop() throws Exception {
		broker.stop();
	}

	@Test
	void wrongPasswordIsRefused() {
		BrokerProfile right = StompProfiles.of(url);
		BrokerProfile wrong = new BrokerProfile(right.name(), right.application(), url, right.user(), "xyzzy-wrong",
				null, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), Map.of());
		assertThatExceptionOfType(JMSSecurityException.class)
			.isThrownBy(() -> this.adapter.createConnectionFactory(wrong).createConnection())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("xyzzy-"));
	}

	@Test
	void queueThatMayNotBeReadIsRefused() throws JMSException {
		forbidden = "Unreadable";
		try (Connection connection = connect()) {
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			assertThatExceptionOfType(JMSSecurityException.class)
				.isThrownBy(() -> this.adapter.createConsumer(session, Address.queue("Unreadable"), 1, null));
			Session other = connection.createSession(true, Session.SESSION_TRANSACTED);
			assertThat(this.adapter.createConsumer(other, Address.queue("Readable"), 1, null)).isNotNull();
		}
	}

	@Test
	void publishThatIsRefusedSaysSo() {
		forbidden = "Refused";
		application("Refused", null).run((context) -> assertThatExceptionOfType(PublishRefusedException.class)
			.isThrownBy(() -> context.getBean(MessagePublisher.class).publish("orders", "text")));
	}

	@Test
	void messageStaysWhileItsDeadLetterIsRefused() {
		forbidden = "DLQ.Kept";
		StompScenarios.Recorder recorder = new StompScenarios.Recorder((message) -> {
			throw new IllegalStateException("no");
		});
		application("Kept", recorder).run((context) -> {
			context.getBean(MessagePublisher.class).publish("orders", "text");
			Flow.eventually().until(() -> !recorder.payloads().isEmpty());
			Flow.throughout(Duration.ofMillis(500)).until(() -> depth("Kept") == 1 && depth("DLQ.Kept") == 0);
			forbidden = "";
			Flow.eventually().until(() -> depth("Kept") == 0 && depth("DLQ.Kept") == 1);
		});
	}

	@Test
	void browserShowsWhatStaysAndTheInspectorCountsIt() throws JMSException {
		Address queue = Address.queue("Browsed");
		try (Connection connection = connect()) {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			this.adapter.prepare(session, List.of(queue));
			for (int i = 0; i < 5; i++) {
				session.createProducer(null)
					.send(this.adapter.producerDestination(session, queue), session.createTextMessage("text " + i));
			}
			assertThat(this.adapter.browse(session, queue, 3))
				.extracting((message) -> ((TextMessage) message).getText())
				.containsExactly("text 0", "text 1", "text 2");
			assertThat(this.adapter.browse(session, queue, 100)).hasSize(5);
			QueueSample sample = this.adapter.inspector(connection.createSession(false, Session.AUTO_ACKNOWLEDGE))
				.inspect(List.of("Browsed"), Duration.ofSeconds(2))
				.get(0);
			assertThat(sample.depth()).isEqualTo(5);
			assertThat(sample.exact()).isFalse();
			assertThat(sample.oldestAge()).isNotNull();
			assertThat(this.adapter.purge(connection, queue, Duration.ofSeconds(5))).isEqualTo(5);
		}
	}

	@Test
	void selectorAndMessageGroupAreTheBrokers() throws JMSException {
		Address queue = Address.queue("Selected");
		try (Connection connection = connect()) {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			for (String color : List.of("red", "blue", "red")) {
				TextMessage message = session.createTextMessage(color);
				message.setStringProperty("color", color);
				message.setStringProperty("JMSXGroupID", color);
				session.createProducer(null).send(this.adapter.producerDestination(session, queue), message);
			}
			MessageConsumer consumer = this.adapter.createConsumer(session, queue, 1, "color = 'blue'");
			assertThat(((TextMessage) consumer.receive(2000)).getText()).isEqualTo("blue");
			assertThat(consumer.receive(100)).isNull();
			consumer.close();
			MessageConsumer one = this.adapter.createConsumer(session, queue, 5, null);
			List<String> groups = new ArrayList<>();
			groups.add(one.receive(2000).getStringProperty("JMSXGroupID"));
			groups.add(one.receive(2000).getStringProperty("JMSXGroupID"));
			assertThat(groups).containsExactly("red", "red");
		}
	}

	private static long depth(String queue) {
		try {
			org.apache.activemq.broker.region.Destination destination = broker.getBroker()
				.getDestinationMap()
				.get(new org.apache.activemq.command.ActiveMQQueue(queue));
			return (destination != null) ? destination.getDestinationStatistics().getMessages().getCount() : 0;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Connection connect() throws JMSException {
		return this.adapter.createConnectionFactory(StompProfiles.of(url)).createConnection();
	}

	private static ApplicationContextRunner application(String queue, StompScenarios.Recorder recorder) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withPropertyValues("spring.application.name=voyeur", "messaging.broker.mq.url=" + url,
					"messaging.broker.mq.user=scott", "messaging.broker.mq.password=" + StompProfiles.SECRET,
					"messaging.destination.orders.queue=" + queue, "messaging.listener.redelivery.immediate=0",
					"messaging.listener.redelivery.delayed=0", "messaging.broker.mq.reconnect.initial-delay=100ms");
		return (recorder != null) ? runner.withBean("recorder", StompScenarios.Recorder.class, () -> recorder) : runner;
	}

	/**
	 * Refuses.
	 */
	private static final class Guard extends BrokerFilter {

		Guard(Broker next) {
			super(next);
		}

		@Override
		public void addConnection(ConnectionContext context, ConnectionInfo info) throws Exception {
			if (!StompProfiles.SECRET.equals(info.getPassword())) {
				throw new SecurityException("User name [" + info.getUserName() + "] or password is invalid.");
			}
			super.addConnection(context, info);
		}

		@Override
		public Subscription addConsumer(ConnectionContext context, ConsumerInfo info) throws Exception {
			refuse(info.getDestination().getPhysicalName(), "read from");
			return super.addConsumer(context, info);
		}

		@Override
		public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
			refuse(message.getDestination().getPhysicalName(), "write to");
			super.send(exchange, message);
		}

		private static void refuse(String queue, String what) {
			if (queue.equals(forbidden)) {
				throw new SecurityException("User scott is not authorized to " + what + ": queue://" + queue);
			}
		}

	}

}
