package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.stomp.StompAdapter;
import org.activemessaging.flow.BrokerProcess;
import org.jspecify.annotations.Nullable;

/**
 * A broker that is spoken to over STOMP.
 */
public final class StompUnderTest implements BrokerUnderTest {

	private final BrokerUnderTest broker;

	private final String dialect;

	private final int port;

	private StompUnderTest(BrokerUnderTest broker, String dialect, int port) {
		this.broker = broker;
		this.dialect = dialect;
		this.port = port;
	}

	/**
	 * ActiveMQ, not started yet.
	 */
	public static StompUnderTest activeMq(Path directory) {
		int port = BrokerProcess.freePort();
		return new StompUnderTest(
				new ActiveMqProcess(new BrokerProcess(directory, "stomp=" + port, "prioritized=true")), "activemq",
				port);
	}

	/**
	 * Artemis, not started yet.
	 */
	public static StompUnderTest artemis(Path directory) {
		ArtemisUnderTest artemis = new ArtemisUnderTest(directory, "stomp");
		return new StompUnderTest(artemis, "artemis", artemis.stompPort());
	}

	/**
	 * RabbitMQ, not started yet.
	 */
	public static StompUnderTest rabbitMq(Path directory) {
		RabbitMqUnderTest rabbitMq = new RabbitMqUnderTest(directory, "rabbitmq_stomp");
		return new StompUnderTest(rabbitMq, "rabbitmq", rabbitMq.stompPort());
	}

	@Override
	public BrokerAdapter adapter() {
		return new StompAdapter();
	}

	public String dialect() {
		return this.dialect;
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void start() {
		this.broker.start();
	}

	@Override
	public void kill() {
		this.broker.kill();
	}

	@Override
	public String url() {
		return "stomp://localhost:" + this.port;
	}

	@Override
	public Map<String, String> properties() {
		// Depth and the queues of groups are for the management of Artemis to ask.
		return withOptions((this.broker instanceof ArtemisUnderTest) ? ArtemisUnderTest.credentials("admin")
				: this.broker.properties());
	}

	@Override
	public @Nullable Map<String, String> propertiesWithoutPermission(String queue) {
		Map<String, String> properties = this.broker.propertiesWithoutPermission(queue);
		return (properties != null) ? withOptions(properties) : null;
	}

	@Override
	public @Nullable Map<String, String> propertiesOfAStranger() {
		Map<String, String> properties = this.broker.propertiesOfAStranger();
		return (properties != null) ? withOptions(properties) : null;
	}

	private Map<String, String> withOptions(Map<String, String> properties) {
		// Other options are those of the broker's own adapter.
		Map<String, String> all = new HashMap<>(properties);
		all.keySet().retainAll(Set.of("user", "password"));
		all.put("properties.dialect", this.dialect);
		if (this.broker instanceof RabbitMqUnderTest) {
			// The exchange of virtual topics, which cannot be made over STOMP.
			all.put("properties.exchange", "amq.topic");
		}
		return all;
	}

	@Override
	public void close() {
		this.broker.close();
	}

	/**
	 * ActiveMQ in a JVM of its own.
	 */
	private static final class ActiveMqProcess implements BrokerUnderTest {

		private final BrokerProcess process;

		private boolean started;

		ActiveMqProcess(BrokerProcess process) {
			this.process = process;
		}

		@Override
		public BrokerAdapter adapter() {
			throw new UnsupportedOperationException("the adapter comes from another room");
		}

		@Override
		public void start() {
			if (!this.started || !this.process.isAlive()) {
				this.process.start();
				this.started = true;
			}
		}

		@Override
		public void kill() {
			this.process.kill();
		}

		@Override
		public String url() {
			return this.process.url();
		}

		@Override
		public void close() {
			this.process.close();
		}

	}

}
