package org.activemessaging.flow;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.activemq.ScheduledMessage;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ProducerBrokerExchange;
import org.apache.activemq.broker.TransactionBroker;
import org.apache.activemq.broker.TransportConnector;
import org.apache.activemq.broker.region.policy.PolicyEntry;
import org.apache.activemq.broker.region.policy.PolicyMap;
import org.apache.activemq.command.Message;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.transaction.Synchronization;
import org.slf4j.LoggerFactory;

/**
 * A broker with a journal on disk in a JVM of its own. Started with a port, a folder, and
 * options: {@code scheduler=true}, {@code store-megabytes=4}, {@code strict-order=true},
 * {@code halt-before-scheduling=true}, {@code name=near}, {@code lock-millis=200} (how
 * often a slave tries to get its master's store), {@code prioritized=true}, {@code
 * stomp=61613} (a port for STOMP as well), and those of {@link BrokerNetwork} and
 * {@link BrokerAccess}.
 */
final class BrokerMain {

	private BrokerMain() {
	}

	public static void main(String[] arguments) throws Exception {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		Map<String, String> options = Arrays.stream(arguments)
			.skip(2)
			.map((option) -> option.split("=", 2))
			.collect(Collectors.toMap((option) -> option[0], (option) -> option[1]));
		Path directory = Path.of(arguments[1]);
		BrokerService broker = new BrokerService();
		broker.setBrokerName(options.getOrDefault("name", "child"));
		broker.setUseJmx(false);
		broker.setDataDirectory(directory.resolve("data").toString());
		broker.setSchedulerSupport(Boolean.parseBoolean(options.get("scheduler")));
		List<BrokerPlugin> plugins = new ArrayList<>();
		if (!"false".equals(options.get("statistics"))) {
			plugins.add(new StatisticsBrokerPlugin());
		}
		if (options.containsKey("halt-before-scheduling")) {
			plugins.add(HaltBeforeScheduling::new);
		}
		if (options.containsKey("password")) {
			plugins.add((next) -> new BrokerAccess(next, options.get("user"), options.get("password")));
		}
		broker.setPlugins(plugins.toArray(BrokerPlugin[]::new));
		PolicyEntry everything = new PolicyEntry();
		everything.setQueue(">");
		everything.setStrictOrderDispatch(Boolean.parseBoolean(options.get("strict-order")));
		everything.setPrioritizedMessages(Boolean.parseBoolean(options.get("prioritized")));
		PolicyMap policies = new PolicyMap();
		policies.setPolicyEntries(List.of(everything));
		broker.setDestinationPolicy(policies);
		KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
		store.setDirectory(directory.resolve("kahadb").toFile());
		store.getLocker().setLockAcquireSleepInterval(Long.parseLong(options.getOrDefault("lock-millis", "10000")));
		if (options.containsKey("store-megabytes")) {
			// The journal counts as a whole, so its files must be smaller than the limit.
			store.setJournalMaxFileLength(1 << 20);
			store.setCheckpointInterval(500);
			store.setCleanupInterval(500);
		}
		broker.setPersistenceAdapter(store);
		long megabytes = Long.parseLong(options.getOrDefault("store-megabytes", "256"));
		broker.getSystemUsage().getStoreUsage().setLimit(megabytes << 20);
		broker.getSystemUsage().getTempUsage().setLimit(64L << 20);
		BrokerNetwork.join(broker, options);
		// By its string, the port would be bound at once, also by a slave.
		TransportConnector connector = new TransportConnector();
		connector.setUri(new URI("tcp://localhost:" + arguments[0]));
		broker.addConnector(connector);
		if (options.containsKey("stomp")) {
			broker.addConnector("stomp://localhost:" + options.get("stomp") + "?transport.tcpNoDelay=true");
		}
		broker.start();
		new CountDownLatch(1).await();
	}

	/**
	 * Dies at the worst moment for what is given to the scheduler in a transaction: when
	 * that is committed, and before the scheduler has heard of it.
	 */
	private static final class HaltBeforeScheduling extends BrokerFilter {

		HaltBeforeScheduling(Broker next) {
			super(next);
		}

		@Override
		public void send(ProducerBrokerExchange exchange, Message message) throws Exception {
			if (message.isInTransaction() && message.getProperty(ScheduledMessage.AMQ_SCHEDULED_DELAY) != null) {
				TransactionBroker transactions = (TransactionBroker) getAdaptor(TransactionBroker.class);
				transactions.getTransaction(exchange.getConnectionContext(), message.getTransactionId(), false)
					.addSynchronization(new Synchronization() {

						@Override
						public void afterCommit() {
							Runtime.getRuntime().halt(9);
						}

					});
			}
			super.send(exchange, message);
		}

	}

}
