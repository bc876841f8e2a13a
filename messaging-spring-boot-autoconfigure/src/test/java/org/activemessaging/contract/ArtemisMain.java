package org.activemessaging.contract;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import javax.security.auth.Subject;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.slf4j.LoggerFactory;

/**
 * Artemis with a journal on disk, in a JVM of its own. Started with a port, a folder, and
 * options: {@code stomp=61613}, {@code amqp=5672}, {@code openwire=61617} (ports of those
 * protocols), {@code attempts=3} (deliveries before the broker itself gives a message up,
 * else never), {@code scan-millis=100} (how often unused queues and addresses are
 * deleted), {@code address-bytes=100000} (what an address holds before it is full),
 * {@code full-policy=BLOCK} (what it does then, else it refuses more),
 * {@code auto-create=false}, {@code security=false}, {@code tls=61618} (a port for
 * everything but OpenWire by TLS) with {@code key-store=server.p12} (its key).
 */
final class ArtemisMain {

	/**
	 * The password of everybody.
	 */
	static final String PASSWORD = "xyzzy-artemis";

	/**
	 * Has the rights that the documentation of the adapter asks for.
	 */
	static final String USER = "app";

	/**
	 * Has all rights.
	 */
	static final String ADMIN = "admin";

	/**
	 * The beginning of the names of users who are like {@link #USER}, but may not touch
	 * the queue or address that the rest of their name says.
	 */
	static final String USER_WITHOUT = "without-";

	/**
	 * Whoever may send and consume, but not create.
	 */
	static final String GUEST = "guest";

	private ArtemisMain() {
	}

	public static void main(String[] arguments) throws Exception {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
		Map<String, String> options = Arrays.stream(arguments)
			.skip(2)
			.map((option) -> option.split("=", 2))
			.collect(Collectors.toMap((option) -> option[0], (option) -> option[1]));
		Configuration configuration = configuration(Path.of(arguments[1]), options);
		configuration.addAcceptorConfiguration("core", "tcp://localhost:" + arguments[0] + "?protocols=CORE");
		for (String protocol : List.of("stomp", "amqp")) {
			if (options.containsKey(protocol)) {
				configuration.addAcceptorConfiguration(protocol,
						"tcp://localhost:" + options.get(protocol) + "?protocols=" + protocol.toUpperCase(Locale.ROOT));
			}
		}
		if (options.containsKey("openwire")) {
			configuration.addAcceptorConfiguration("openwire", "tcp://localhost:" + options.get("openwire")
					+ "?protocols=OPENWIRE&virtualTopicConsumerWildcards=Consumer.*.%3E%3B2");
		}
		if (options.containsKey("tls")) {
			configuration.addAcceptorConfiguration("tls",
					"tcp://localhost:" + options.get("tls")
							+ "?protocols=CORE,AMQP,STOMP&sslEnabled=true&keyStoreType=PKCS12" + "&keyStorePath="
							+ options.get("key-store") + "&keyStorePassword=" + PASSWORD);
		}
		new ActiveMQServerImpl(configuration, new Guard()).start();
		new CountDownLatch(1).await();
	}

	private static Configuration configuration(Path directory, Map<String, String> options) {
		AddressSettings everything = new AddressSettings();
		everything.setMaxDeliveryAttempts(Integer.parseInt(options.getOrDefault("attempts", "-1")));
		boolean autoCreate = Boolean.parseBoolean(options.getOrDefault("auto-create", "true"));
		everything.setAutoCreateQueues(autoCreate);
		everything.setAutoCreateAddresses(autoCreate);
		if (options.containsKey("address-bytes")) {
			everything.setMaxSizeBytes(Long.parseLong(options.get("address-bytes")));
			everything.setAddressFullMessagePolicy(
					AddressFullMessagePolicy.valueOf(options.getOrDefault("full-policy", "FAIL")));
		}
		return new ConfigurationImpl().setName("child")
			.setPersistenceEnabled(true)
			.setJournalType(JournalType.NIO)
			.setJournalDirectory(directory.resolve("journal").toString())
			.setBindingsDirectory(directory.resolve("bindings").toString())
			.setPagingDirectory(directory.resolve("paging").toString())
			.setLargeMessagesDirectory(directory.resolve("large").toString())
			.setJournalFileSize(1 << 20)
			.setMaxDiskUsage(-1)
			.setGlobalMaxSize(64L << 20)
			.setJMXManagementEnabled(false)
			.setMessageCounterEnabled(false)
			.setAddressQueueScanPeriod(Long.parseLong(options.getOrDefault("scan-millis", "30000")))
			.setSecurityEnabled(Boolean.parseBoolean(options.getOrDefault("security", "true")))
			.setSecurityInvalidationInterval(0)
			.addAddressSetting("#", everything);
	}

	/**
	 * Decides by names alone, so that tests may invent users for a broker that runs.
	 */
	private static final class Guard implements ActiveMQSecurityManager5 {

		private static final Set<CheckType> USE = EnumSet.of(CheckType.SEND, CheckType.CONSUME, CheckType.BROWSE);

		// Those of queues that are not durable are for plain topics.
		private static final Set<CheckType> CREATE = EnumSet.of(CheckType.CREATE_ADDRESS,
				CheckType.CREATE_DURABLE_QUEUE, CheckType.CREATE_NON_DURABLE_QUEUE, CheckType.DELETE_NON_DURABLE_QUEUE);

		@Override
		public Subject authenticate(String user, String password, RemotingConnection connection, String domain) {
			if (user == null || !PASSWORD.equals(password)) {
				return null;
			}
			Subject subject = new Subject();
			subject.getPrincipals().add(new UserPrincipal(user));
			return subject;
		}

		@Override
		public boolean authorize(Subject subject, Set<Role> roles, CheckType type, String address) {
			String user = subject.getPrincipals().iterator().next().getName();
			if (user.equals(ADMIN)) {
				return true;
			}
			if (user.startsWith(USER_WITHOUT)
					&& List.of(address.split("::")).contains(user.substring(USER_WITHOUT.length()))) {
				return false;
			}
			return USE.contains(type) || CREATE.contains(type) && !user.equals(GUEST);
		}

		@Override
		public boolean validateUser(String user, String password) {
			return PASSWORD.equals(password);
		}

		@Override
		public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType type) {
			return false;
		}

	}

}
