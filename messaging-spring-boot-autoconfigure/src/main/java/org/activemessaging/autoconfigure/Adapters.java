package org.activemessaging.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerUrl;
import org.jspecify.annotations.Nullable;

/**
 * The adapters whose vendor's client is on the class path.
 */
final class Adapters {

	// What to add where a client is missing.
	private static final Map<String, String> CLIENTS = Map.of("activemq", "org.apache.activemq:activemq-client",
			"artemis", "org.apache.artemis:artemis-jakarta-client", "rabbitmq", "com.rabbitmq.jms:rabbitmq-jms", "sqs",
			"com.amazonaws:amazon-sqs-java-messaging-lib", "stomp", "io.projectreactor.netty:reactor-netty-core");

	private final List<BrokerAdapter> adapters;

	Adapters(List<BrokerAdapter> adapters) {
		this.adapters = List.copyOf(adapters);
	}

	List<BrokerAdapter> all() {
		return this.adapters;
	}

	Set<String> names() {
		Set<String> names = new TreeSet<>(CLIENTS.keySet());
		this.adapters.forEach((adapter) -> names.add(adapter.name()));
		return names;
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
		String client = CLIENTS.get(name);
		if (client != null) {
			throw missingClient(broker, name, client);
		}
		throw new MessagingConfigurationException("The property 'messaging.broker." + broker + ".adapter' is '" + name
				+ "', which is not an adapter." + NearestMatch.describe(name, names()),
				"Correct 'messaging.broker." + broker + ".adapter'.");
	}

	private BrokerAdapter byUrl(String broker, String url) {
		List<BrokerAdapter> candidates = this.adapters.stream().filter((adapter) -> adapter.understands(url)).toList();
		if (candidates.size() == 1) {
			return candidates.get(0);
		}
		if (this.adapters.isEmpty()) {
			throw missingClient(broker, "activemq", CLIENTS.getOrDefault("activemq", ""));
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
		return new MessagingConfigurationException("The broker '" + broker + "' needs the adapter '" + adapter
				+ "', whose client library is not on the class path.", "Add the dependency '" + client + "'.");
	}

}
