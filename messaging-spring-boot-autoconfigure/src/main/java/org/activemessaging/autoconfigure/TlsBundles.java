package org.activemessaging.autoconfigure;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.Tls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;

/**
 * Turns SSL bundles of Spring Boot into material for connections, and keeps it up to
 * date.
 */
final class TlsBundles {

	private static final Log logger = LogFactory.getLog(TlsBundles.class);

	private final ObjectProvider<SslBundles> sslBundles;

	TlsBundles(ObjectProvider<SslBundles> sslBundles) {
		this.sslBundles = sslBundles;
	}

	/**
	 * Returns the material of a bundle that has a name.
	 * @param broker the name of the broker
	 * @param name the name of the bundle
	 */
	Tls named(String broker, String name) {
		try {
			SslBundles bundles = this.sslBundles.getObject();
			Tls tls = loaded(broker, name, bundles.getBundle(name));
			bundles.addBundleUpdateHandler(name, (updated) -> replace(broker, tls, updated));
			return tls;
		}
		catch (NoSuchSslBundleException ex) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + broker + ".ssl.bundle' is '" + name
							+ "', but there is no SSL bundle of that name.",
					"Declare 'spring.ssl.bundle.pem." + name + "' or 'spring.ssl.bundle.jks." + name + "'.", ex);
		}
	}

	private static Tls loaded(String broker, String name, SslBundle bundle) {
		try {
			return of(name, bundle);
		}
		catch (RuntimeException ex) {
			throw new MessagingConfigurationException(
					"The SSL bundle '" + name + "' of broker '" + broker + "' cannot be used: " + OutageLog.describe(ex)
							+ ".",
					"Correct 'spring.ssl.bundle.pem." + name + "' or 'spring.ssl.bundle.jks." + name
							+ "', or the name in 'messaging.broker." + broker + ".ssl.bundle'.",
					ex);
		}
	}

	/**
	 * Returns the material of a bundle.
	 * @param name what it is called
	 * @param bundle the bundle
	 */
	static Tls of(String name, SslBundle bundle) {
		SslManagerBundle managers = bundle.getManagers();
		return new Tls(name, managers.getKeyManagers(), managers.getTrustManagers());
	}

	// Called on the thread that watches files, for which all else has to go on.
	private static void replace(String broker, Tls tls, SslBundle updated) {
		try {
			SslManagerBundle managers = updated.getManagers();
			tls.replace(managers.getKeyManagers(), managers.getTrustManagers());
			logger.info(
					"SSL bundle '" + tls.bundle() + "' was updated; new connections to broker '" + broker + "' use it");
		}
		catch (RuntimeException ex) {
			logger.warn("SSL bundle '" + tls.bundle() + "' was updated, but cannot be used; new connections to broker '"
					+ broker + "' use what it was before", ex);
		}
	}

}
