package org.activemessaging.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import jakarta.jms.JMSException;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.activemq.ActiveMqAdapter;
import org.activemessaging.broker.artemis.ArtemisAdapter;
import org.activemessaging.broker.rabbitmq.RabbitMqAdapter;
import org.activemessaging.broker.sqs.SqsAdapter;
import org.activemessaging.flow.BrokerProcess;
import org.awaitility.Awaitility;
import org.testcontainers.activemq.ActiveMQContainer;
import org.testcontainers.activemq.ArtemisContainer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.MountableFile;

/**
 * A broker in a container of its own, with the image of its vendor. A kill ends all of
 * its processes by SIGKILL; it is started again with the file system that it had, at the
 * same port.
 */
final class ContainerUnderTest implements BrokerUnderTest {

	private static final String USER = "voyeur";

	private static final String PASSWORD = "xyzzy-container";

	private final GenericContainer<?> container;

	private final BrokerAdapter adapter;

	private final String scheme;

	private final Map<String, String> properties;

	private final Set<Trait> traits;

	private final int port = BrokerProcess.freePort();

	private boolean running;

	private ContainerUnderTest(GenericContainer<?> container, int port, BrokerAdapter adapter, String scheme,
			Map<String, String> properties, Trait... traits) {
		this.container = container;
		this.adapter = adapter;
		this.scheme = scheme;
		this.properties = properties;
		this.traits = Set.of(traits);
		// A port that the engine chooses is another one after a restart.
		container.setPortBindings(List.of(this.port + ":" + port));
	}

	/**
	 * What creates a broker without starting it.
	 */
	static Function<Path, BrokerUnderTest> of(TestedBroker kind) {
		return switch (kind) {
			case ACTIVEMQ -> (directory) -> activeMq();
			case ARTEMIS -> (directory) -> artemis();
			case RABBITMQ -> (directory) -> rabbitMq();
			case SQS -> (directory) -> sqs();
			default -> throw new IllegalArgumentException("There is no container for " + kind);
		};
	}

	private static ContainerUnderTest activeMq() {
		GenericContainer<?> container = new ActiveMQContainer("apache/activemq-classic:6.1.7").withCopyFileToContainer(
				MountableFile.forClasspathResource("org/activemessaging/contract/activemq.xml"),
				"/opt/apache-activemq/conf/activemq.xml");
		return new ContainerUnderTest(container, 61616, new ActiveMqAdapter(), "tcp", credentials(PASSWORD),
				Trait.KEEPS_MESSAGES, Trait.REFUSES_STRANGERS, Trait.EXACT_DEPTH);
	}

	private static ContainerUnderTest artemis() {
		GenericContainer<?> container = new ArtemisContainer("apache/activemq-artemis:2.42.0").withUser(USER)
			.withPassword(PASSWORD);
		return new ContainerUnderTest(container, 61616, new ArtemisAdapter(), "tcp", credentials(PASSWORD),
				Trait.KEEPS_MESSAGES, Trait.REFUSES_STRANGERS, Trait.EXACT_DEPTH);
	}

	private static ContainerUnderTest rabbitMq() {
		GenericContainer<?> container = new RabbitMQContainer("rabbitmq:4.1").withAdminUser(USER)
			.withAdminPassword(PASSWORD);
		return new ContainerUnderTest(container, 5672, new RabbitMqAdapter(), "amqp", credentials(PASSWORD),
				Trait.KEEPS_MESSAGES, Trait.REFUSES_STRANGERS);
	}

	// It keeps its messages in memory, and believes everybody.
	private static ContainerUnderTest sqs() {
		GenericContainer<?> container = new LocalStackContainer("localstack/localstack:4.4.0").withServices("sqs")
			// Else the URL of a queue has a port that is not open outside.
			.withEnv("SQS_ENDPOINT_STRATEGY", "dynamic");
		return new ContainerUnderTest(container, 4566, new SqsAdapter(), "http",
				Map.of("user", USER, "password", PASSWORD, "properties.visibility-timeout", "2s",
						"properties.group-refresh", "100ms", "properties.wait-time", "1s"));
	}

	private static Map<String, String> credentials(String password) {
		return Map.of("user", USER, "password", password);
	}

	@Override
	public BrokerAdapter adapter() {
		return this.adapter;
	}

	@Override
	public void start() {
		if (this.running) {
			return;
		}
		if (this.container.getContainerId() == null) {
			this.container.start();
		}
		else {
			this.container.getDockerClient().startContainerCmd(this.container.getContainerId()).exec();
		}
		this.running = true;
		// The engine accepts connections before the broker does.
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(this::serves);
	}

	private boolean serves() {
		try {
			this.adapter.createConnectionFactory(ContractRun.profile(this, url())).createConnection().close();
			return true;
		}
		catch (JMSException ex) {
			return false;
		}
	}

	@Override
	public void kill() {
		if (this.running) {
			this.container.getDockerClient().killContainerCmd(this.container.getContainerId()).exec();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !this.container.isRunning());
			this.running = false;
		}
	}

	@Override
	public String url() {
		return this.scheme + "://" + (this.running ? this.container.getHost() : "localhost") + ":" + this.port;
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public Map<String, String> properties() {
		return this.properties;
	}

	@Override
	public Map<String, String> propertiesOfAStranger() {
		return this.traits.contains(Trait.REFUSES_STRANGERS) ? credentials("xyzzy-wrong") : null;
	}

	@Override
	public boolean keepsMessages() {
		return this.traits.contains(Trait.KEEPS_MESSAGES);
	}

	// A quorum queue of a single node of RabbitMQ may have no leader for half a minute.
	@Override
	public boolean recoversSoon() {
		return !(this.adapter instanceof RabbitMqAdapter);
	}

	@Override
	public boolean tellsExactDepth() {
		return this.traits.contains(Trait.EXACT_DEPTH);
	}

	@Override
	public String orderedQueueName(String base) {
		return (this.adapter instanceof SqsAdapter) ? base + ".fifo" : base;
	}

	// Bytes travel as Base64.
	@Override
	public int largestPayload() {
		return (this.adapter instanceof SqsAdapter) ? 180_000 : 1 << 20;
	}

	/**
	 * The lines of the tests can be laid to this machine only.
	 */
	@Override
	public boolean cuttable() {
		return url().contains("//localhost:");
	}

	@Override
	public void close() {
		this.container.stop();
	}

	private enum Trait {

		KEEPS_MESSAGES, REFUSES_STRANGERS, EXACT_DEPTH

	}

}
