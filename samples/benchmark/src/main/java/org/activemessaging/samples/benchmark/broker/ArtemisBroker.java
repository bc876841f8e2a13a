package org.activemessaging.samples.benchmark.broker;

import java.nio.file.Path;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQJMSConnectionFactory;
import org.slf4j.LoggerFactory;

/**
 * Artemis, with a journal that is written to the disk before anything is answered, as it
 * is by default.
 */
public final class ArtemisBroker implements MeasuredBroker {

	private final ServerJvm jvm;

	private final JmsQueues queues;

	/**
	 * Starts one.
	 * @param directory where its journal and its log are to be
	 */
	public ArtemisBroker(Path directory) {
		this.jvm = new ServerJvm(Main.class, directory);
		this.queues = new JmsQueues(new ActiveMQJMSConnectionFactory(this.jvm.url()),
				(session, name) -> session.createQueue(name));
	}

	@Override
	public Map<String, String> settings() {
		return Map.of("adapter", "artemis", "url", this.jvm.url());
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
			Path directory = Path.of(arguments[1]).resolve("artemis");
			AddressSettings everything = new AddressSettings();
			everything.setMaxDeliveryAttempts(-1);
			ActiveMQServerImpl server = new ActiveMQServerImpl(new ConfigurationImpl().setPersistenceEnabled(true)
				.setJournalType(JournalType.NIO)
				.setJournalDirectory(directory.resolve("journal").toString())
				.setBindingsDirectory(directory.resolve("bindings").toString())
				.setPagingDirectory(directory.resolve("paging").toString())
				.setLargeMessagesDirectory(directory.resolve("large").toString())
				.setMaxDiskUsage(-1)
				.setJMXManagementEnabled(false)
				.setSecurityEnabled(false)
				.addAddressSetting("#", everything)
				.addAcceptorConfiguration("core", "tcp://localhost:" + arguments[0] + "?protocols=CORE"));
			server.start();
			ServerJvm.awaitEndOfParent();
			server.stop();
			System.exit(0);
		}

	}

}
