package org.activemessaging.samples.benchmark.broker;

import java.nio.file.Path;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.slf4j.LoggerFactory;

/**
 * ActiveMQ Classic. Its journal, KahaDB, is written to the disk before a transaction or a
 * send is answered, as it is by default.
 */
public final class ActiveMqBroker implements MeasuredBroker {

	private final ServerJvm jvm;

	private final JmsQueues queues;

	/**
	 * Starts one.
	 * @param directory where its journal and its log are to be
	 */
	public ActiveMqBroker(Path directory) {
		this.jvm = new ServerJvm(Main.class, directory);
		this.queues = new JmsQueues(
				new ActiveMQConnectionFactory(this.jvm.url() + "?jms.watchTopicAdvisories=false&jms.useAsyncSend=true"),
				(session, name) -> session.createQueue(name));
	}

	@Override
	public Map<String, String> settings() {
		return Map.of("adapter", "activemq", "url", this.jvm.url());
	}

	@Override
	public void load(String queue, int messages) {
		this.queues.load(queue, messages);
	}

	@Override
	public Found drain(String queue, int messages, int expected) {
		return this.queues.drain(queue, messages, expected);
	}

	@Override
	public void close() {
		this.jvm.close();
	}

	/**
	 * The broker in its own JVM, started with a port and a folder.
	 */
	static final class Main {

		private Main() {
		}

		public static void main(String[] arguments) throws Exception {
			((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
			Path directory = Path.of(arguments[1]);
			BrokerService broker = new BrokerService();
			broker.setUseJmx(false);
			broker.setDataDirectory(directory.resolve("data").toString());
			broker.setPlugins(new org.apache.activemq.broker.BrokerPlugin[] { new StatisticsBrokerPlugin() });
			KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
			store.setDirectory(directory.resolve("kahadb").toFile());
			broker.setPersistenceAdapter(store);
			broker.getSystemUsage().getStoreUsage().setLimit(4L << 30);
			broker.getSystemUsage().getTempUsage().setLimit(64L << 20);
			broker.addConnector("tcp://localhost:" + arguments[0]);
			broker.start();
			ServerJvm.awaitEndOfParent();
			broker.stop();
			System.exit(0);
		}

	}

}
