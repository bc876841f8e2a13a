package org.activemessaging.broker.stomp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.activemessaging.broker.BrokerProfile;

/**
 * Profiles of brokers for tests.
 */
final class StompProfiles {

	static final String SECRET = "xyzzy-stomp-4711";

	private StompProfiles() {
	}

	/**
	 * A profile that waits for ten seconds at most.
	 * @param url where the broker is
	 * @param options names and values in turn
	 */
	static BrokerProfile of(String url, String... options) {
		return of(url, Duration.ofSeconds(10), options);
	}

	static BrokerProfile of(String url, Duration timeout, String... options) {
		Map<String, String> properties = new HashMap<>();
		for (int i = 0; i < options.length; i += 2) {
			properties.put(options[i], options[i + 1]);
		}
		return new BrokerProfile("mq", "voyeur", url, "scott", SECRET, null, Duration.ofMillis(100),
				Duration.ofSeconds(1), timeout, properties);
	}

}
