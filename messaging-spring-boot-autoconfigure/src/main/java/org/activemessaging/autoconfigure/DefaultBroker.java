package org.activemessaging.autoconfigure;

import java.util.Collection;
import java.util.List;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.jspecify.annotations.Nullable;

/**
 * Finds the default broker among the configured ones.
 */
final class DefaultBroker {

	static final String NAME = "default";

	private DefaultBroker() {
	}

	/**
	 * Returns the name of the default broker.
	 * @param configured the value of {@code messaging.default-broker}
	 * @param names the names of the configured brokers
	 * @return the configured name, else "default" if there is such a broker, else the
	 * only one, else {@code null}
	 */
	static @Nullable String find(@Nullable String configured, Collection<String> names) {
		if (configured != null) {
			if (!names.contains(configured)) {
				throw new MessagingConfigurationException(
						"The property 'messaging.default-broker' is '" + configured
								+ "', but no such broker is configured." + NearestMatch.describe(configured, names),
						"Configure 'messaging.broker." + configured + "', or correct 'messaging.default-broker'.");
			}
			return configured;
		}
		if (names.contains(NAME)) {
			return NAME;
		}
		return (names.size() == 1) ? names.iterator().next() : null;
	}

	static MessagingConfigurationException ambiguous(Collection<String> names) {
		List<String> sorted = names.stream().sorted().toList();
		return new MessagingConfigurationException(
				"There are " + names.size() + " brokers under 'messaging.broker', " + String.join(", ", sorted)
						+ ", and none of them is the default.",
				"Set 'messaging.default-broker' to one of them, for example 'messaging.default-broker=" + sorted.get(0)
						+ "'.");
	}

}
