package org.activemessaging.autoconfigure;

import java.util.List;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.PlainText;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Refuses at start what would send credentials through a network without TLS.
 */
final class PlainTextCheck {

	private static final Pattern CREDENTIAL = Pattern.compile(
			"(?:.*[._-])?(?:user|user-?name|user-?id|login|password|passcode|token|secret)", Pattern.CASE_INSENSITIVE);

	// What Testcontainers and Docker Compose start for a developer, by the names of
	// types that are not visible.
	private static final List<String> DEVELOPMENT = List.of(
			"org.springframework.boot.testcontainers.service.connection."
					+ "ContainerConnectionDetailsFactory$ContainerConnectionDetails",
			"org.springframework.boot.docker.compose.service.connection."
					+ "DockerComposeConnectionDetailsFactory$DockerComposeConnectionDetails");

	private PlainTextCheck() {
	}

	static void check(BrokerProfile profile, BrokerAdapter adapter, boolean allowed) {
		if (allowed || !hasCredentials(profile)) {
			return;
		}
		List<String> hosts = adapter.plainTextHosts(profile)
			.stream()
			.filter((host) -> !PlainText.isLoopback(host))
			.distinct()
			.toList();
		if (!hosts.isEmpty()) {
			String prefix = "messaging.broker." + profile.name();
			throw new MessagingConfigurationException(
					"The broker '" + profile.name() + "' has credentials, which would be sent without TLS to " + hosts
							+ ", as its URL " + profile.displayUrl() + " says; that is allowed to this machine only.",
					"Change '" + prefix + ".url' to one with TLS, with the trust in the broker's certificate in '"
							+ prefix + ".ssl.bundle', or set '" + prefix
							+ ".allow-plain-text' to 'true' if nobody can listen on the way.");
		}
	}

	private static boolean hasCredentials(BrokerProfile profile) {
		return profile.user() != null || profile.password() != null
				|| profile.properties().keySet().stream().anyMatch((name) -> CREDENTIAL.matcher(name).matches());
	}

	/**
	 * Tells whether connection details are those of a container that was started for
	 * development. Docker may run on another machine or in a virtual one, and the
	 * credentials of such a container are no secrets.
	 * @param details the details
	 */
	static boolean isForDevelopment(ConnectionDetails details) {
		for (Class<?> type = details.getClass(); type != null; type = type.getSuperclass()) {
			if (DEVELOPMENT.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

}
