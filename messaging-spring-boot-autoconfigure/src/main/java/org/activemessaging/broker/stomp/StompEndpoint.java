package org.activemessaging.broker.stomp;

import java.security.GeneralSecurityException;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Tls;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is and how to speak to it. Its text form has no credentials.
 *
 * @param profile the broker
 * @param url its hosts
 * @param options the options of its connections
 * @param ssl what TLS needs, or {@code null} for a plain connection
 */
record StompEndpoint(BrokerProfile profile, StompUrl url, StompOptions options, @Nullable SslContext ssl) {

	static StompEndpoint of(BrokerProfile profile) {
		StompOptions options = StompOptions.of(profile);
		StompUrl url;
		try {
			url = StompUrl.parse(profile.url());
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					"The value of 'messaging.broker." + profile.name() + ".url', " + profile.displayUrl()
							+ ", is not a URL of the adapter 'stomp'.",
					"Correct 'messaging.broker." + profile.name()
							+ ".url', for example to 'stomp://localhost:61613', 'stomp+ssl://localhost:61614' or"
							+ " 'stomp:(one:61613,other:61613)'; options belong to 'messaging.broker." + profile.name()
							+ ".properties'.");
		}
		if (profile.tls() != null && !url.secure()) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + profile.name() + ".ssl.bundle' is set, but '"
							+ profile.displayUrl() + "' is a URL without TLS.",
					"Set 'messaging.broker." + profile.name() + ".url' to one that begins with 'stomp+ssl:'.");
		}
		return new StompEndpoint(profile, url, options, url.secure() ? ssl(profile.tls()) : null);
	}

	private static SslContext ssl(@Nullable Tls tls) {
		try {
			SSLContext context = (tls != null) ? tls.sslContext() : SSLContext.getDefault();
			return new JdkSslContext(context, true, null, IdentityCipherSuiteFilter.INSTANCE, null, ClientAuth.NONE,
					null, false);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.profile.toString();
	}

}
