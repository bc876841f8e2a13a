package org.activemessaging.flow;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.slf4j.LoggerFactory;

/**
 * A broker with a journal on disk in a JVM of its own.
 */
final class BrokerMain {

	private BrokerMain() {
	}

	public static void main(String[] arguments) throws Exception {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		BrokerService broker = new BrokerService();
		broker.setBrokerName("child");
		broker.setUseJmx(false);
		broker.setSchedulerSupport(false);
		broker.setPlugins(new BrokerPlugin[] { new StatisticsBrokerPlugin() });
		KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
		store.setDirectory(Path.of(arguments[1]).toFile());
		broker.setPersistenceAdapter(store);
		broker.getSystemUsage().getStoreUsage().setLimit(256L << 20);
		broker.getSystemUsage().getTempUsage().setLimit(64L << 20);
		broker.addConnector("tcp://localhost:" + arguments[0]);
		broker.start();
		new CountDownLatch(1).await();
	}

}
