package org.activemessaging.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details required to establish a connection to a broker that is declared under
 * {@code messaging.broker.<name>}. There may be one such bean for each broker; it takes
 * precedence over the properties.
 *
 * @since 0.1.0
 */
public interface BrokerConnectionDetails extends ConnectionDetails {

	/**
	 * Name of the broker.
	 * @return the key under {@code messaging.broker}, or an empty string if these are
	 * details of none of the brokers
	 */
	String getBrokerName();

	/**
	 * URL of the broker.
	 * @return the URL, without credentials
	 */
	String getUrl();

	/**
	 * User name.
	 * @return the user name, or {@code null} for none
	 */
	default @Nullable String getUser() {
		return null;
	}

	/**
	 * Password.
	 * @return the password, or {@code null} for none
	 */
	default @Nullable String getPassword() {
		return null;
	}

	/**
	 * SSL bundle to use.
	 * @return the bundle, or {@code null} for none
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

}
