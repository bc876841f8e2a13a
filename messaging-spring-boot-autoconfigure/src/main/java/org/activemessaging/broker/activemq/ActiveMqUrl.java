package org.activemessaging.broker.activemq;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;

/**
 * Adds to a URL what keeps every wait of ActiveMQ's client bounded, unless the user has
 * set it: without these options {@code failover:} waits for a broker for ever, also in
 * {@code start()}, and a half-open link is noticed after more than a minute.
 */
final class ActiveMqUrl {

	static final Set<String> SCHEMES = Set.of("tcp", "nio", "ssl", "nio+ssl", "failover", "vm");

	private static final String RECONNECTING = "maxReconnectAttempts";

	private static final Pattern RECONNECTING_OPTION = Pattern.compile("[?&]" + RECONNECTING + "=(?!0(?:&|$))[^&]*");

	private static final String INACTIVITY = String.valueOf(Duration.ofSeconds(10).toMillis());

	private ActiveMqUrl() {
	}

	static String withBounds(BrokerProfile profile) {
		String url = profile.url().trim();
		return switch (BrokerUrl.scheme(url)) {
			case "vm" -> url;
			case "failover" -> withOptions(parenthesised(url), failoverOptions(profile));
			default -> withOptions(url, tcpOptions(profile));
		};
	}

	/**
	 * Tells whether the client is told to reconnect by itself.
	 * @param url the URL
	 * @return whether it is
	 */
	static boolean reconnectsByItself(String url) {
		return RECONNECTING_OPTION.matcher(url).find();
	}

	/**
	 * Returns the URL of a client that does not reconnect by itself.
	 * @param url the URL, in any form
	 * @return the URL with the option for it
	 */
	static String withoutReconnecting(String url) {
		if (!BrokerUrl.scheme(url).equals("failover")) {
			return url;
		}
		return withOptions(parenthesised(RECONNECTING_OPTION.matcher(url).replaceAll("")), Map.of(RECONNECTING, "0"));
	}

	private static Map<String, String> tcpOptions(BrokerProfile profile) {
		Map<String, String> options = new LinkedHashMap<>();
		options.put("connectionTimeout", String.valueOf(profile.publishTimeout().toMillis()));
		options.put("wireFormat.maxInactivityDuration", INACTIVITY);
		return options;
	}

	private static Map<String, String> failoverOptions(BrokerProfile profile) {
		Map<String, String> options = new LinkedHashMap<>();
		// The client does not reconnect by itself, we do: consumers that it restores
		// acknowledge what their broker does not know of, and put messages that came
		// again
		// into the broker's dead letters.
		options.put(RECONNECTING, "0");
		options.put("startupMaxReconnectAttempts", "2");
		// We log an outage ourselves: once, then a line a minute.
		options.put("warnAfterReconnectAttempts", "0");
		options.put("timeout", String.valueOf(profile.publishTimeout().toMillis()));
		options.put("initialReconnectDelay", String.valueOf(Math.max(10, profile.reconnectInitialDelay().toMillis())));
		options.put("maxReconnectDelay", String.valueOf(profile.reconnectMaxDelay().toMillis()));
		tcpOptions(profile).forEach((name, value) -> options.put("nested." + name, value));
		return options;
	}

	private static String parenthesised(String url) {
		if (url.contains("(")) {
			return url;
		}
		String hosts = url.substring("failover:".length());
		return "failover:(" + (hosts.startsWith("//") ? hosts.substring(2) : hosts) + ")";
	}

	private static String withOptions(String url, Map<String, String> options) {
		StringBuilder result = new StringBuilder(url);
		boolean first = url.indexOf('?', Math.max(0, url.lastIndexOf(')'))) < 0;
		for (Map.Entry<String, String> option : options.entrySet()) {
			String plainName = option.getKey().substring(option.getKey().startsWith("nested.") ? 7 : 0);
			if (!url.contains(plainName + "=")) {
				result.append(first ? '?' : '&').append(option.getKey()).append('=').append(option.getValue());
				first = false;
			}
		}
		return result.toString();
	}

}
