package org.activemessaging.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BrokerProfile}.
 */
class BrokerProfileTests {

	@Test
	void textFormHasNoCredentialsAndNoOptions() {
		assertThat(profile(Map.of("trustStorePassword", "xyzzy-options")).toString())
			.startsWith("broker 'analytics' at tcp:")
			.doesNotContain("xyzzy", "scott");
	}

	@Test
	void optionsDoNotChangeWithTheMapTheyCameFrom() {
		Map<String, String> options = new HashMap<>(Map.of("clientID", "a"));
		BrokerProfile profile = profile(options);
		options.put("clientID", "b");
		assertThat(profile.properties()).containsExactly(Map.entry("clientID", "a"));
	}

	private static BrokerProfile profile(Map<String, String> options) {
		return new BrokerProfile("analytics", "voyeur", "tcp://scott:xyzzy-url@mq:61616?jms.password=xyzzy-url",
				"xyzzy-user", "xyzzy-password", null, Duration.ofSeconds(1), Duration.ofSeconds(30),
				Duration.ofSeconds(10), options);
	}

}
