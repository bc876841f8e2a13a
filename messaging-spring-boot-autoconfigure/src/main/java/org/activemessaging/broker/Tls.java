package org.activemessaging.broker;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * What a connection needs for TLS.
 *
 * @param bundle the name of the SSL bundle the rest comes from
 * @param keyManagers the managers of the client's own key, may be empty
 * @param trustManagers the managers of trust in the broker's certificate
 * @since 0.1.0
 */
public record Tls(String bundle, KeyManager[] keyManagers, TrustManager[] trustManagers) {

	@Override
	public String toString() {
		return "bundle " + this.bundle;
	}

}
