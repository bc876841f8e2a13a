package org.activemessaging.broker.activemq;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.QueueInspector;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.network.ConditionalNetworkBridgeFilterFactory;
import org.apache.activemq.network.DiscoveryNetworkConnector;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A network of two brokers, seen by a client of one of them.
 */
class NetworkWatchTests {

	private static final String QUEUE = "Orders";

	private static final int MESSAGES = 30;

	private final List<BrokerService> brokers = new ArrayList<>();

	private final List<Connection> connections = new ArrayList<>();

	@AfterEach
	void stop() throws Exception {
		for (Connection connection : this.connections) {
			connection.close();
		}
		for (int i = this.brokers.size() - 1; i >= 0; i--) {
			this.brokers.get(i).stop();
			this.brokers.get(i).waitUntilStopped();
		}
	}

	@Test
	void singleBrokerIsNothingToWarnOf() throws Exception {
		String url = broker("alone", true, false, null);
		send(url);
		QueueInspector inspector = inspector(url);
		look(inspector, 7);
		assertThat(inspector.warnings()).isEmpty();
		// A consumer that takes nothing is slow, and no bridge.
		session(url).createConsumer(session(url).createQueue(QUEUE + "?consumer.prefetchSize=0"));
		look(inspector, 7);
		assertThat(inspector.warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void networkAndStrandedMessagesAreSeen(boolean statistics) throws Exception {
		String near = broker("near", statistics, false, null);
		String far = broker("far", statistics, false, near);
		QueueInspector atNear = inspector(near);
		QueueInspector atFar = inspector(far);
		awaitWarning(atFar, "It is in a network with 'near'");
		awaitWarning(atNear, "It is in a network with 'far'");
		moveConsumer(near, far);
		awaitWarning(atFar, "stranded in queue 'Orders'");
		assertThat(atFar.warnings()).hasSize(2)
			.allSatisfy((warning) -> assertThat(warning).contains("'replayWhenNoConsumers=true'"));
		look(atNear, 7);
		assertThat(atNear.warnings()).hasSize(1);
		// The consumer comes back.
		take(far, MESSAGES - 3);
		Awaitility.await().until(() -> {
			look(atFar, 1);
			return atFar.warnings().size() == 1;
		});
	}

	@Test
	void withReplayNothingIsStranded() throws Exception {
		String near = broker("near", true, true, null);
		String far = broker("far", true, true, near);
		QueueInspector atFar = inspector(far);
		awaitWarning(atFar, "It is in a network with 'near'");
		assertThat(moveConsumer(near, far)).isEqualTo(MESSAGES - 3);
		look(atFar, 7);
		assertThat(atFar.warnings()).hasSize(1);
	}

	@Test
	void bridgeThatIsGoneIsForgotten() throws Exception {
		String near = broker("near", true, false, null);
		broker("far", true, false, near);
		QueueInspector atNear = inspector(near);
		awaitWarning(atNear, "It is in a network with 'far'");
		this.brokers.remove(1).stop();
		Awaitility.await().until(() -> {
			look(atNear, 1);
			return atNear.warnings().isEmpty();
		});
	}

	// Returns how many messages come to the consumer in its new place.
	private int moveConsumer(String near, String far) throws Exception {
		send(near);
		assertThat(take(far, 3)).isEqualTo(3);
		Session session = session(near);
		MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE));
		int taken = 0;
		while (consumer.receive(3000) != null) {
			taken++;
		}
		return taken;
	}

	private int take(String url, int count) throws Exception {
		Session session = session(url);
		MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE));
		int taken = 0;
		while (taken < count && consumer.receive(5000) != null) {
			taken++;
		}
		// Until everything has come over.
		Awaitility.await()
			.until(() -> this.brokers.get(0)
				.getBroker()
				.getDestinationMap()
				.values()
				.stream()
				.filter((destination) -> destination.getName().equals(QUEUE))
				.allMatch((destination) -> destination.getDestinationStatistics().getMessages().getCount() == 0));
		consumer.close();
		return taken;
	}

	private void send(String url) throws Exception {
		Session session = session(url);
		for (int i = 0; i < MESSAGES; i++) {
			session.createProducer(session.createQueue(QUEUE)).send(session.createTextMessage(String.valueOf(i)));
		}
	}

	private static void look(QueueInspector inspector, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			inspector.inspect(List.of(QUEUE), Duration.ofSeconds(5));
		}
	}

	private static void awaitWarning(QueueInspector inspector, String text) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			look(inspector, 1);
			return inspector.warnings().stream().anyMatch((warning) -> warning.contains(text));
		});
	}

	private QueueInspector inspector(String url) throws Exception {
		return new ActiveMqQueueInspector(session(url));
	}

	private Session session(String url) throws Exception {
		ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
		factory.getPrefetchPolicy().setQueuePrefetch(1);
		Connection connection = factory.createConnection();
		connection.start();
		this.connections.add(connection);
		return connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
	}

	private String broker(String name, boolean statistics, boolean replay, String peer) throws Exception {
		BrokerService broker = new BrokerService();
		broker.setBrokerName(name);
		broker.setPersistent(false);
		broker.setUseJmx(false);
		broker.setUseShutdownHook(false);
		if (statistics) {
			broker.setPlugins(new BrokerPlugin[] { new StatisticsBrokerPlugin() });
		}
		if (replay) {
			ConditionalNetworkBridgeFilterFactory filters = new ConditionalNetworkBridgeFilterFactory();
			filters.setReplayWhenNoConsumers(true);
			PolicyEntry policy = new PolicyEntry();
			policy.setQueue(">");
			policy.setEnableAudit(false);
			policy.setNetworkBridgeFilterFactory(filters);
			PolicyMap policies = new PolicyMap();
			policies.setPolicyEntries(List.of(policy));
			broker.setDestinationPolicy(policies);
		}
		broker.addConnector("tcp://localhost:0");
		if (peer != null) {
			DiscoveryNetworkConnector connector = new DiscoveryNetworkConnector(new URI("static:(" + peer + ")"));
			connector.setName("net");
			connector.setDuplex(true);
			broker.addNetworkConnector(connector);
		}
		broker.start();
		broker.waitUntilStarted();
		this.brokers.add(broker);
		return "tcp://localhost:" + broker.getTransportConnectors().get(0).getConnectUri().getPort();
	}

}
