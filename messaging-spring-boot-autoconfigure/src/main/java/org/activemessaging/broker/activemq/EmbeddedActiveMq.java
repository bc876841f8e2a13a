package org.activemessaging.broker.activemq;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.activemessaging.MessagingConfigurationException;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.region.policy.IndividualDeadLetterStrategy;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.PersistenceAdapter;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.FileSystemUtils;

/**
 * An ActiveMQ broker inside the application, reachable from inside only. Keeps its
 * messages in memory, or in a folder if it is given one.
 *
 * @since 0.1.0
 */
public final class EmbeddedActiveMq {

	private static final Log logger = LogFactory.getLog(EmbeddedActiveMq.class);

	private final BrokerService broker = new BrokerService();

	private final String name;

	private final @Nullable Path dataDirectory;

	private @Nullable Path temporaryDirectory;

	/**
	 * Creates a broker that is not started.
	 * @param name its name, unique in this JVM
	 * @param dataDirectory the folder to keep messages in, or {@code null} for memory
	 */
	public EmbeddedActiveMq(String name, @Nullable Path dataDirectory) {
		this.name = name;
		this.dataDirectory = dataDirectory;
	}

	/**
	 * Returns where the broker is reached.
	 * @return its URL
	 */
	public String url() {
		return "vm://" + this.name + "?create=false";
	}

	/**
	 * Starts the broker.
	 * @throws MessagingConfigurationException if it cannot use its folder
	 */
	public void start() {
		try {
			this.broker.setBrokerName(this.name);
			this.broker.setUseJmx(false);
			this.broker.setUseShutdownHook(false);
			this.broker.setAdvisorySupport(true);
			this.broker.setSchedulerSupport(false);
			this.broker.setPlugins(new BrokerPlugin[] { new StatisticsBrokerPlugin() });
			this.broker.setDestinationPolicy(individualDeadLetters());
			useDirectory();
			this.broker.start();
			if (!this.broker.waitUntilStarted(30_000)) {
				throw new IllegalStateException("The embedded broker did not start within 30 s");
			}
			logger.info("Embedded ActiveMQ broker '" + this.name + "' started, messages are kept in "
					+ ((this.dataDirectory != null) ? this.dataDirectory.toAbsolutePath() : "memory"));
		}
		catch (MessagingConfigurationException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new MessagingConfigurationException("The embedded broker could not be started: " + ex.getMessage(),
					"Check 'messaging.embedded.data-directory', or configure a broker under 'messaging.broker'.", ex);
		}
	}

	// Also a broker that keeps messages in memory writes to a folder when that gets full.
	private void useDirectory() throws IOException {
		if (this.dataDirectory != null) {
			Files.createDirectories(this.dataDirectory);
			this.broker.setDataDirectoryFile(this.dataDirectory.toFile());
			this.broker.setTmpDataDirectory(this.dataDirectory.resolve("tmp").toFile());
			this.broker.setPersistenceAdapter(kahaDb(this.dataDirectory.toFile()));
			return;
		}
		this.temporaryDirectory = Files.createTempDirectory("messaging-");
		this.broker.setDataDirectoryFile(this.temporaryDirectory.toFile());
		this.broker.setPersistent(false);
	}

	// The shared dead-letter queue of the broker would keep one of the copies only, if a
	// message of a virtual topic is given up in two groups.
	private static PolicyMap individualDeadLetters() {
		IndividualDeadLetterStrategy strategy = new IndividualDeadLetterStrategy();
		strategy.setQueuePrefix("ActiveMQ.DLQ.");
		strategy.setUseQueueForQueueMessages(true);
		strategy.setEnableAudit(false);
		PolicyEntry entry = new PolicyEntry();
		entry.setQueue(">");
		entry.setDeadLetterStrategy(strategy);
		PolicyMap policies = new PolicyMap();
		policies.setPolicyEntries(List.of(entry));
		return policies;
	}

	private static PersistenceAdapter kahaDb(File directory) throws IOException {
		if (!ClassUtils.isPresent("org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter",
				EmbeddedActiveMq.class.getClassLoader())) {
			throw new MessagingConfigurationException(
					"The property 'messaging.embedded.data-directory' is set, but ActiveMQ's store is not on the class path.",
					"Add the dependency 'org.apache.activemq:activemq-kahadb-store', or remove the property.");
		}
		return KahaDb.in(directory);
	}

	/**
	 * Stops the broker.
	 * @throws Exception if it cannot be stopped in an orderly way
	 */
	public void stop() throws Exception {
		this.broker.stop();
		this.broker.waitUntilStopped();
		FileSystemUtils.deleteRecursively(this.temporaryDirectory);
	}

	/**
	 * Keeps the optional store out of the signatures of the class around it.
	 */
	private static final class KahaDb {

		static PersistenceAdapter in(File directory) throws IOException {
			KahaDBPersistenceAdapter adapter = new KahaDBPersistenceAdapter();
			adapter.setDirectory(directory);
			// Another instance that has the folder would otherwise be waited for, without
			// end.
			adapter.getLocker().setFailIfLocked(true);
			return adapter;
		}

	}

}
