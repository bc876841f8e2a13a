package org.activemessaging.broker.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;

/**
 * The names of brokers.
 */
final class MemoryNames {

	static final String SCHEME = "memory";

	private static final Pattern URL = Pattern.compile("(?i:memory)://([A-Za-z0-9_-][A-Za-z0-9._-]*)/?");

	private MemoryNames() {
	}

	/**
	 * Returns the name of a broker in this JVM.
	 * @throws MessagingConfigurationException if the URL has none
	 */
	static String broker(BrokerProfile profile) {
		Matcher url = URL.matcher(profile.url());
		if (!url.matches()) {
			throw new MessagingConfigurationException(
					"The URL of broker '" + profile.name() + "', " + profile.displayUrl()
							+ ", is not a URL of the adapter 'memory'.",
					"Set 'messaging.broker." + profile.name() + ".url' to 'memory://<name>', where the name consists of"
							+ " letters, digits, '.', '_' and '-'.");
		}
		return url.group(1);
	}

}
