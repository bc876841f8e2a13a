package org.activemessaging.broker.memory;

import java.util.Set;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.broker.BrokerProfile;

/**
 * The options of a broker in memory.
 */
final class MemoryOptions {

	private static final Set<String> NAMES = Set.of(MemoryAdapter.DELIVERY);

	private static final Set<String> DELIVERIES = Set.of("queued", MemoryAdapter.SYNCHRONOUS);

	private MemoryOptions() {
	}

	/**
	 * Checks the options of a broker.
	 * @throws MessagingConfigurationException if one does not exist or has a wrong value
	 */
	static void check(BrokerProfile profile) {
		String prefix = "messaging.broker." + profile.name() + ".properties.";
		profile.properties().forEach((name, value) -> {
			if (!NAMES.contains(name)) {
				throw new MessagingConfigurationException("The property '" + prefix + name
						+ "' is not an option of the adapter 'memory'." + NearestMatch.describe(name, NAMES),
						"Correct or remove '" + prefix + name + "'.");
			}
			if (!DELIVERIES.contains(value)) {
				throw new MessagingConfigurationException(
						"The property '" + prefix + name + "' is '" + value + "', which is not a way of delivery."
								+ NearestMatch.describe(value, DELIVERIES),
						"Correct or remove '" + prefix + name + "'.");
			}
		});
		if (profile.tls() != null) {
			throw new MessagingConfigurationException(
					"The broker '" + profile.name() + "' has an SSL bundle, but it is in this JVM.",
					"Remove 'messaging.broker." + profile.name() + ".ssl.bundle'.");
		}
	}

}
