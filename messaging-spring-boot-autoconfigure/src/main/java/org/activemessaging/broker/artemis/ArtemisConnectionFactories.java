package org.activemessaging.broker.artemis;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.activemessaging.broker.Tls;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.TypeMismatchException;

/**
 * Builds connection factories of Artemis that keep the promise of this library.
 */
final class ArtemisConnectionFactories {

	/**
	 * What the client makes a connection factory of, a list in parentheses included. Not
	 * {@code vm}, which is a broker inside the application, as ActiveMQ has one.
	 */
	static final Set<String> SCHEMES = Set.of("tcp", "(tcp", "udp", "jgroups");

	private static final Pattern OPTION = Pattern.compile("[?&;]([^=&;?,()#]+)=");

	private static final Pattern CREDENTIALS = Pattern.compile("(?<=[?&])(user|password)=[^&#]*&?");

	// Of lists of hosts, and of the form of a URL itself.
	private static final Set<String> FURTHER_OPTIONS = Set.of("ha", "name");

	private static final Set<String> DISCOVERY = Set.of("udp", "jgroups");

	private static final long TIME_TO_LIVE = 30_000;

	private static final long CHECK_PERIOD = 10_000;

	private ArtemisConnectionFactories() {
	}

	static ArtemisConnectionFactory create(BrokerProfile profile) {
		String url = profile.url().trim();
		ArtemisConnectionFactory factory = newFactory(url, profile);
		Set<String> set = checkedOptions(url, factory, profile);
		if (profile.user() != null) {
			factory.setUser(profile.user());
			factory.setPassword(profile.password());
		}
		applyProperties(factory, profile);
		set.addAll(profile.properties().keySet());
		refuse(factory.getReconnectAttempts() != 0, "reconnectAttempts",
				"Artemis' client reconnects by itself, and what happened to a transaction meanwhile is unknown",
				profile);
		refuse(!factory.isBlockOnDurableSend(), "blockOnDurableSend", "sends are lost with the broker", profile);
		refuse(factory.isPreAcknowledge(), "preAcknowledge", "messages are lost with the application", profile);
		bound(factory, set, profile);
		secure(factory);
		return factory;
	}

	static ArtemisConnectionFactory adopt(ActiveMQConnectionFactory original, BrokerProfile profile) {
		try {
			// What reads a URL logs each of its options at DEBUG.
			String url = CREDENTIALS.matcher(original.toURI().toString()).replaceAll("");
			ArtemisConnectionFactory factory = newFactory(url, profile);
			factory.setUser(original.getUser());
			factory.setPassword(original.getPassword());
			factory.setReconnectAttempts(0);
			factory.setBlockOnDurableSend(true);
			factory.setPreAcknowledge(false);
			bound(factory, Set.of(), profile);
			secure(factory);
			return factory;
		}
		catch (IOException ex) {
			throw new MessagingConfigurationException(
					"The connection factory of Artemis for broker '" + profile.name() + "' cannot be copied.",
					"Configure 'messaging.broker." + profile.name() + ".url' instead.", ex);
		}
	}

	static List<String> plainTextHosts(BrokerProfile profile) {
		try (ArtemisConnectionFactory factory = newFactory(profile.url().trim(), profile)) {
			if (transports(factory).length == 0) {
				// Whatever discovery finds.
				return List.of(profile.displayUrl());
			}
			secure(factory);
			return Arrays.stream(transports(factory))
				.map(TransportConfiguration::getParams)
				.filter((parameters) -> !"true"
					.equals(String.valueOf(parameters.get(TransportConstants.SSL_ENABLED_PROP_NAME))))
				.map((parameters) -> String.valueOf(parameters.get(TransportConstants.HOST_PROP_NAME)))
				.map((host) -> host.replaceAll("[\\[\\]]", ""))
				.toList();
		}
	}

	private static ArtemisConnectionFactory newFactory(String url, BrokerProfile profile) {
		Tls tls = profile.tls();
		try {
			return new ArtemisConnectionFactory(url, Math.toIntExact(profile.publishTimeout().toMillis()),
					(tls != null) ? ArtemisTls.of(tls) : null);
		}
		catch (IllegalStateException ex) {
			throw new MessagingConfigurationException(
					"The value of 'messaging.broker." + profile.name() + ".url', " + profile.displayUrl()
							+ ", is not a URL that Artemis' client understands.",
					"Correct the URL and its options, for example 'tcp://localhost:61616' or"
							+ " '(tcp://mq1:61616,tcp://mq2:61616)'.");
		}
	}

	// The client itself says nothing about an option that it does not know.
	private static Set<String> checkedOptions(String url, ActiveMQConnectionFactory factory, BrokerProfile profile) {
		Set<String> options = new LinkedHashSet<>();
		Matcher matcher = OPTION.matcher(url);
		while (matcher.find()) {
			options.add(matcher.group(1));
		}
		BeanWrapperImpl bean = new BeanWrapperImpl(factory);
		for (String option : options) {
			if (!bean.isWritableProperty(option) && !TransportConstants.ALLOWABLE_CONNECTOR_KEYS.contains(option)
					&& !FURTHER_OPTIONS.contains(option) && !DISCOVERY.contains(BrokerUrl.scheme(url))) {
				throw new MessagingConfigurationException(
						"The option '" + option + "' in 'messaging.broker." + profile.name()
								+ ".url' is not one of Artemis' client.",
						"Remove it or correct its name; the options are those of"
								+ " org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory and of Artemis'"
								+ " Netty connector.");
			}
		}
		return new HashSet<>(options);
	}

	private static void applyProperties(ActiveMQConnectionFactory factory, BrokerProfile profile) {
		BeanWrapperImpl bean = new BeanWrapperImpl(factory);
		for (Map.Entry<String, String> property : profile.properties().entrySet()) {
			String name = property.getKey();
			String fullName = "messaging.broker." + profile.name() + ".properties." + name;
			// A URL would replace what is set up here.
			if (name.equals("brokerURL") || !bean.isWritableProperty(name)) {
				throw new MessagingConfigurationException(
						"The property '" + fullName + "' is not an option of Artemis' connection factory.",
						"Remove it or correct its name; the options are those of"
								+ " org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory.");
			}
			try {
				bean.setPropertyValue(name, property.getValue());
			}
			catch (TypeMismatchException ex) {
				throw new MessagingConfigurationException(
						"The value of the property '" + fullName + "' is not one that Artemis' client takes.",
						"Set '" + fullName + "' to a value of the type that this option has.");
			}
		}
	}

	private static void bound(ArtemisConnectionFactory factory, Set<String> set, BrokerProfile profile) {
		long timeout = profile.publishTimeout().toMillis();
		if (!set.contains("callTimeout")) {
			factory.setCallTimeout(timeout);
		}
		if (!set.contains("connectionTTL")) {
			factory.setConnectionTTL(TIME_TO_LIVE);
		}
		if (!set.contains("clientFailureCheckPeriod")) {
			factory.setClientFailureCheckPeriod(Math.min(CHECK_PERIOD, factory.getConnectionTTL() / 2));
		}
		if (!set.contains("initialConnectAttempts")) {
			factory.setInitialConnectAttempts(1);
		}
		if (!set.contains("blockOnNonDurableSend")) {
			factory.setBlockOnNonDurableSend(true);
		}
		if (!set.contains("blockOnAcknowledge")) {
			factory.setBlockOnAcknowledge(true);
		}
		for (TransportConfiguration transport : transports(factory)) {
			transport.getParams().putIfAbsent(TransportConstants.NETTY_CONNECT_TIMEOUT, String.valueOf(timeout));
		}
	}

	private static void secure(ArtemisConnectionFactory factory) {
		ArtemisTls tls = factory.tls();
		if (tls != null) {
			for (TransportConfiguration transport : transports(factory)) {
				transport.getParams().put(TransportConstants.SSL_ENABLED_PROP_NAME, "true");
				transport.getParams().put(TransportConstants.SSL_CONTEXT_PROP_NAME, tls.name());
			}
		}
	}

	private static TransportConfiguration[] transports(ActiveMQConnectionFactory factory) {
		TransportConfiguration[] transports = factory.getServerLocator().getStaticTransportConfigurations();
		return (transports != null) ? transports : new TransportConfiguration[0];
	}

	private static void refuse(boolean set, String option, String consequence, BrokerProfile profile) {
		if (set) {
			throw new MessagingConfigurationException(
					"The option '" + option + "' is set for broker '" + profile.name() + "', but then " + consequence
							+ ".",
					"Remove '" + option + "' from 'messaging.broker." + profile.name() + ".url' or from"
							+ " 'messaging.broker." + profile.name() + ".properties'.");
		}
	}

}
