package org.activemessaging.broker.activemq;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.PlainText;
import org.activemessaging.broker.Tls;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSslConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.activemq.broker.region.policy.RedeliveryPolicyMap;
import org.apache.activemq.util.IntrospectionSupport;
import org.apache.activemq.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Builds connection factories of ActiveMQ that keep the promise of this library.
 */
final class ActiveMqConnectionFactories {

	// In milliseconds; a broker that is gone must not hold up the end of the application.
	private static final int CLOSE_TIMEOUT = 3000;

	private ActiveMqConnectionFactories() {
	}

	static ActiveMQConnectionFactory create(BrokerProfile profile) {
		ActiveMQSslConnectionFactory factory = new QuietConnectionFactory(
				Math.toIntExact(profile.publishTimeout().toMillis()));
		try {
			String url = ActiveMqUrl.withBounds(profile);
			checkOptions(url, profile);
			factory.setBrokerURL(url);
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					"The value of 'messaging.broker." + profile.name() + ".url', " + profile.displayUrl()
							+ ", is not a URL that ActiveMQ's client understands.",
					"Correct the URL and its 'jms.' options, for example 'tcp://localhost:61616'.");
		}
		if (profile.user() != null) {
			factory.setUserName(profile.user());
			factory.setPassword(profile.password());
		}
		Tls tls = profile.tls();
		if (tls != null) {
			requireTls(profile);
			factory.setKeyAndTrustManagers(tls.keyManagers(), tls.trustManagers(), new SecureRandom());
		}
		applyProperties(factory, profile);
		keepPromise(factory, profile);
		return factory;
	}

	static ActiveMQConnectionFactory adopt(ActiveMQConnectionFactory original, BrokerProfile profile) {
		ActiveMQConnectionFactory factory = original.copy();
		factory.setBrokerURL(ActiveMqUrl.withoutReconnecting(factory.getBrokerURL()));
		keepPromise(factory, profile);
		return factory;
	}

	// The client itself would go on without TLS.
	private static void requireTls(BrokerProfile profile) {
		List<String> plain = PlainText.hosts(profile.url());
		if (!plain.isEmpty()) {
			throw new MessagingConfigurationException(
					"The broker '" + profile.name() + "' has an SSL bundle, but by its URL, " + profile.displayUrl()
							+ ", it is reached without TLS at " + plain + ".",
					"Begin the URLs of all hosts in 'messaging.broker." + profile.name() + ".url' with 'ssl:'.");
		}
	}

	private static void applyProperties(ActiveMQConnectionFactory factory, BrokerProfile profile) {
		String unknown = apply(factory, new LinkedHashMap<>(profile.properties()));
		if (unknown != null) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + profile.name() + ".properties." + unknown
							+ "' is not an option of ActiveMQ's connection factory.",
					"Remove it or correct its name; the options are those of"
							+ " org.apache.activemq.ActiveMQConnectionFactory, without the prefix 'jms.'.");
		}
	}

	// The client itself says nothing about an option that it does not know.
	private static void checkOptions(String url, BrokerProfile profile) {
		Map<String, Object> options;
		try {
			URI uri = new URI(url);
			Map<String, String> parameters = URISupport.isCompositeURI(uri)
					? URISupport.parseComposite(uri).getParameters() : URISupport.parseParameters(uri);
			options = IntrospectionSupport.extractProperties(new LinkedHashMap<>(parameters), "jms.");
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("Not a URL", ex);
		}
		if (ActiveMqUrl.reconnectsByItself(url)) {
			throw new MessagingConfigurationException(
					"The option 'maxReconnectAttempts' in 'messaging.broker." + profile.name()
							+ ".url' has ActiveMQ's client reconnect by itself, after which it puts messages"
							+ " that come again into the broker's dead letters.",
					"Remove it: this library reconnects, as 'messaging.broker." + profile.name() + ".reconnect' says.");
		}
		String unknown = apply(new ActiveMQConnectionFactory(), options);
		if (unknown != null) {
			throw new MessagingConfigurationException(
					"The option 'jms." + unknown + "' in 'messaging.broker." + profile.name()
							+ ".url' is not one of ActiveMQ's connection factory.",
					"Remove it or correct its name; the options are those of"
							+ " org.apache.activemq.ActiveMQConnectionFactory.");
		}
	}

	// Returns the name of an option that there is not.
	private static @Nullable String apply(ActiveMQConnectionFactory factory, Map<String, Object> options) {
		Map<String, Object> nested = Map.of("prefetchPolicy.", factory.getPrefetchPolicy(), "redeliveryPolicy.",
				factory.getRedeliveryPolicy(), "blobTransferPolicy.", factory.getBlobTransferPolicy());
		for (Map.Entry<String, Object> policy : nested.entrySet()) {
			Map<String, Object> own = IntrospectionSupport.extractProperties(options, policy.getKey());
			IntrospectionSupport.setProperties(policy.getValue(), own, true);
			if (!own.isEmpty()) {
				return policy.getKey() + own.keySet().iterator().next();
			}
		}
		IntrospectionSupport.setProperties(factory, options, true);
		return options.isEmpty() ? null : options.keySet().iterator().next();
	}

	private static void keepPromise(ActiveMQConnectionFactory factory, BrokerProfile profile) {
		refuse(factory.isUseAsyncSend(), "useAsyncSend", "sends would be lost with the broker", profile);
		refuse(factory.isOptimizeAcknowledge(), "optimizeAcknowledge", "receiving would stall", profile);
		// The client's own limit would put messages that nobody has ever seen into the
		// broker's dead letters, as a dying consumer counts for all it had prefetched.
		RedeliveryPolicy redelivery = new RedeliveryPolicy();
		redelivery.setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
		redelivery.setInitialRedeliveryDelay(100);
		redelivery.setRedeliveryDelay(500);
		redelivery.setUseExponentialBackOff(true);
		redelivery.setBackOffMultiplier(2);
		redelivery.setMaximumRedeliveryDelay(10_000);
		// The map first: a copied factory shares the one of its original.
		factory.setRedeliveryPolicyMap(new RedeliveryPolicyMap());
		factory.setRedeliveryPolicy(redelivery);
		factory.setNonBlockingRedelivery(false);
		// A compressed message may not become larger than one that is not compressed.
		factory.setMaxInflatedDataSizeRatio(Math.min(1, factory.getMaxInflatedDataSizeRatio()));
		int timeout = Math.toIntExact(profile.publishTimeout().toMillis());
		if (factory.getSendTimeout() == 0 || factory.getSendTimeout() > timeout) {
			factory.setSendTimeout(timeout);
		}
		if (factory.getConnectResponseTimeout() == 0) {
			factory.setConnectResponseTimeout(timeout);
		}
		factory.setCloseTimeout(Math.min(factory.getCloseTimeout(), Math.min(timeout, CLOSE_TIMEOUT)));
		factory.setConnectionIDPrefix("ID:" + profile.application() + "-" + profile.name());
	}

	private static void refuse(boolean set, String option, String consequence, BrokerProfile profile) {
		if (set) {
			throw new MessagingConfigurationException(
					"The option '" + option + "' is set for broker '" + profile.name() + "', but then " + consequence
							+ ".",
					"Remove 'jms." + option + "' from 'messaging.broker." + profile.name() + ".url', or '" + option
							+ "' from 'messaging.broker." + profile.name() + ".properties'.");
		}
	}

}
