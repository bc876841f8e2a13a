package org.activemessaging.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerUrl;
import org.activemessaging.broker.jms.JmsAdapter;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * The adapters whose vendor's client is on the class path.
 */
final class Adapters {

	// What to add where a client is missing.
	private static final Map<String, String> CLIENTS = Map.of("activemq", "org.apache.activemq:activemq-client",
			"artemis", "org.apache.artemis:artemis-jakarta-client", "memory", "org.apache.activemq:activemq-client",
			"rabbitmq", "com.rabbitmq.jms:rabbitmq-jms", "sqs", "com.amazonaws:amazon-sqs-java-messaging-lib", "stomp",
			"io.projectreactor.netty:reactor-netty-core");

	// What Spring Boot does not know the version of.
	private static final Set<String> MANAGED_BY_BOM = Set.of("rabbitmq", "sqs");

	// Whose client is missing if nobody understands a scheme.
	private static final Map<String, String> USUAL_ADAPTERS = Map.ofEntries(entry("tcp", "activemq"),
			entry("ssl", "activemq"), entry("nio", "activemq"), entry("nio+ssl", "activemq"),
			entry("failover", "activemq"), entry("vm", "activemq"), entry("amqp", "rabbitmq"),
			entry("amqps", "rabbitmq"), entry("sqs", "sqs"), entry("https", "sqs"), entry("stomp", "stomp"),
			entry("stomp+ssl", "stomp"), entry("memory", "memory"));

	static final String BOM = " Its version is in 'org.activemessaging:messaging-spring-boot-bom'.";

	private final List<BrokerAdapter> adapters;

	Adapters(List<BrokerAdapter> adapters) {
		this.adapters = List.copyOf(adapters);
	}

	List<BrokerAdapter> all() {
		return this.adapters;
	}

	Set<String> names() {
		Set<String> names = new TreeSet<>(CLIENTS.keySet());
		names.add(JmsAdapter.NAME);
		this.adapters.forEach((adapter) -> names.add(adapter.name()));
		return names;
	}

	/**
	 * Returns an adapter of a connection factory that the application brought.
	 * @param broker the name of the broker
	 * @param name the name of the adapter
	 */
	BrokerAdapter named(String broker, String name) {
		return this.adapters.stream()
			.filter((adapter) -> adapter.name().equals(name))
			.findFirst()
			.orElseThrow(() -> unknown(broker, name));
	}

	BrokerAdapter find(String broker, @Nullable String name, String url) {
		return (name != null) ? byName(broker, name, url) : byUrl(broker, url);
	}

	private BrokerAdapter byName(String broker, String name, String url) {
		for (BrokerAdapter adapter : this.adapters) {
			if (adapter.name().equals(name)) {
				if (!adapter.understands(url)) {
					throw new MessagingConfigurationException(
							"The URL of broker '" + broker + "', " + BrokerUrl.display(url)
									+ ", is not one that the adapter '" + name + "' understands.",
							"Correct 'messaging.broker." + broker + ".url' or 'messaging.broker." + broker
									+ ".adapter'.");
				}
				return adapter;
			}
		}
		if (name.equals(JmsAdapter.NAME)) {
			throw new MessagingConfigurationException(
					"The broker '" + broker + "' has the adapter 'jms', but no connection factory.",
					"Set 'messaging.broker." + broker + ".connection-factory' to the name of the provider's class, to"
							+ " 'bean:<name>' or to a JNDI name that begins with 'java:'.");
		}
		throw unknown(broker, name);
	}

	private MessagingConfigurationException unknown(String broker, String name) {
		String client = CLIENTS.get(name);
		if (client != null) {
			return missingClient(broker, name, client);
		}
		return new MessagingConfigurationException("The property 'messaging.broker." + broker + ".adapter' is '" + name
				+ "', which is not an adapter." + NearestMatch.describe(name, names()),
				"Correct 'messaging.broker." + broker + ".adapter'.");
	}

	private BrokerAdapter byUrl(String broker, String url) {
		List<BrokerAdapter> candidates = this.adapters.stream().filter((adapter) -> adapter.understands(url)).toList();
		if (candidates.size() == 1) {
			return candidates.get(0);
		}
		String usual = USUAL_ADAPTERS.get(BrokerUrl.scheme(url));
		if (candidates.isEmpty() && usual != null) {
			throw unknown(broker, usual);
		}
		throw new MessagingConfigurationException(
				"The adapter of broker '" + broker + "' cannot be told from its URL " + BrokerUrl.display(url) + ": "
						+ (candidates.isEmpty() ? "no adapter understands"
								: candidates.stream().map(BrokerAdapter::name).toList() + " understand")
						+ " the scheme '" + BrokerUrl.scheme(url) + "'.",
				"Set 'messaging.broker." + broker + ".adapter' to one of " + names() + ", or correct 'messaging.broker."
						+ broker + ".url'.");
	}

	private static MessagingConfigurationException missingClient(String broker, String adapter, String client) {
		return new MessagingConfigurationException(
				"The broker '" + broker + "' needs the adapter '" + adapter
						+ "', whose client library is not on the class path.",
				"Add the dependency '" + client + "'." + (MANAGED_BY_BOM.contains(adapter) ? BOM : ""));
	}

}
