package org.activemessaging.broker;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A named connection to one message broker. Its text form contains no credentials.
 *
 * @param name the name of the broker
 * @param application the name of this application, which names its connections
 * @param url where the broker is, without credentials
 * @param user the user name
 * @param password the password
 * @param tls the material for TLS
 * @param reconnectInitialDelay the pause after the first failed try to connect
 * @param reconnectMaxDelay the longest pause between two tries to connect
 * @param publishTimeout how long a publish may take
 * @param properties the vendor's own options
 * @since 0.1.0
 */
public record BrokerProfile(String name, String application, String url, @Nullable String user,
		@Nullable String password, @Nullable Tls tls, Duration reconnectInitialDelay, Duration reconnectMaxDelay,
		Duration publishTimeout, Map<String, String> properties) {

	/**
	 * Copies the options.
	 * @param name the name of the broker
	 * @param application the name of this application, which names its connections
	 * @param url where the broker is, without credentials
	 * @param user the user name
	 * @param password the password
	 * @param tls the material for TLS
	 * @param reconnectInitialDelay the pause after the first failed try to connect
	 * @param reconnectMaxDelay the longest pause between two tries to connect
	 * @param publishTimeout how long a publish may take
	 * @param properties the vendor's own options
	 */
	public BrokerProfile {
		properties = Map.copyOf(properties);
	}

	/**
	 * Returns the URL as it may be shown to anybody.
	 * @return the URL without options
	 */
	public String displayUrl() {
		return BrokerUrl.display(this.url);
	}

	/**
	 * Returns the pauses between tries to connect.
	 * @return a back-off that doubles from the initial to the longest delay, without end
	 */
	public BackOff reconnectBackOff() {
		ExponentialBackOff backOff = new ExponentialBackOff(this.reconnectInitialDelay.toMillis(), 2);
		backOff.setMaxInterval(this.reconnectMaxDelay.toMillis());
		return backOff;
	}

	@Override
	public String toString() {
		return "broker '" + this.name + "' at " + displayUrl();
	}

}
