package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.jms.ConnectionFactory;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.MessagingProperties.BrokerProperties;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.Tls;
import org.activemessaging.broker.UnknownBrokerException;
import org.activemessaging.broker.jms.JmsAdapter;
import org.activemessaging.broker.jms.JmsOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.jms.connection.SingleConnectionFactory;

/**
 * Makes the brokers from the properties, from connection details, from a connection
 * factory that is there already, or from nothing.
 */
final class BrokersFactory {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final MessagingProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	private final DefaultSource source;

	private final ApplicationName application;

	private final Adapters adapters;

	private final ObjectProvider<BrokerConnectionDetails> connectionDetails;

	private final TlsBundles tls;

	private final BrokerReplacement replacement;

	BrokersFactory(MessagingProperties properties, ConfigurableListableBeanFactory beanFactory, DefaultSource source,
			ApplicationName application, Adapters adapters, ObjectProvider<BrokerConnectionDetails> connectionDetails,
			TlsBundles tls, BrokerReplacement replacement) {
		this.properties = properties;
		this.beanFactory = beanFactory;
		this.source = source;
		this.application = application;
		this.adapters = adapters;
		this.connectionDetails = connectionDetails;
		this.tls = tls;
		this.replacement = replacement;
	}

	Brokers create(ObjectProvider<DefaultBrokerProvider.Running> running,
			ObjectProvider<DefaultBrokerProvider.Embedded> embedded) {
		Map<String, BrokerConnectionDetails> details = detailsByName();
		List<Broker> brokers = new ArrayList<>();
		this.properties.broker().forEach((name, broker) -> brokers.add(replacedOr(name, details.get(name), broker)));
		Runnable onClose = () -> {
		};
		Broker replaced = this.source.needsBroker()
				? this.replacement.replace(DefaultBroker.NAME, this.application.name()) : null;
		if (replaced != null) {
			brokers.add(replaced);
			return Brokers.of(brokers, this.source.broker(), onClose);
		}
		switch (this.source.kind()) {
			case CONNECTION_FACTORY -> brokers.add(adopted());
			case CONNECTION_DETAILS -> brokers.add(located(running.getObject().location()));
			case EMBEDDED -> {
				DefaultBrokerProvider.Embedded provider = embedded.getObject();
				brokers.add(located(provider.start(this.properties.embedded().dataDirectory())));
				onClose = provider::stop;
			}
			case PROPERTIES, NONE -> {
			}
		}
		return Brokers.of(brokers, this.source.broker(), onClose);
	}

	private Broker replacedOr(String name, @Nullable BrokerConnectionDetails details, BrokerProperties properties) {
		Broker replaced = (details == null) ? this.replacement.replace(name, this.application.name()) : null;
		return (replaced != null) ? replaced : broker(name, properties, details);
	}

	private Map<String, BrokerConnectionDetails> detailsByName() {
		Map<String, BrokerConnectionDetails> details = new LinkedHashMap<>();
		this.connectionDetails.stream().forEach((candidate) -> {
			String name = candidate.getBrokerName();
			if (name.isEmpty()) {
				return;
			}
			if (!this.properties.broker().containsKey(name)) {
				throw new UnknownBrokerException(name, "a bean of type BrokerConnectionDetails",
						this.properties.broker().keySet());
			}
			details.put(name, candidate);
		});
		return details;
	}

	private Broker broker(String name, BrokerProperties properties, @Nullable BrokerConnectionDetails details) {
		String url = (details != null) ? details.getUrl() : properties.url();
		ProvidedConnectionFactory provided = ProvidedConnectionFactory.of(name, properties, this.beanFactory,
				this.adapters);
		if (provided != null && url == null) {
			url = provided.url();
		}
		if (url == null) {
			throw new MessagingConfigurationException("The broker '" + name + "' has no URL.",
					"Set 'messaging.broker." + name + ".url', for example to 'tcp://localhost:61616'.");
		}
		Checks.noCredentials(name, url);
		Checks.positive("messaging.broker." + name + ".publisher.timeout", properties.publisher().timeout());
		Checks.range("messaging.broker." + name + ".publisher.max-in-flight", properties.publisher().maxInFlight(), 1,
				1_000_000);
		Checks.positive("messaging.broker." + name + ".reconnect.initial-delay", properties.reconnect().initialDelay());
		Checks.positive("messaging.broker." + name + ".reconnect.max-delay", properties.reconnect().maxDelay());
		BrokerAdapter adapter = (provided != null) ? provided.adapter()
				: this.adapters.find(name, properties.adapter(), url);
		BrokerProfile profile = new BrokerProfile(name, this.application.name(), url,
				(details != null) ? details.getUser() : properties.user(),
				(details != null) ? details.getPassword() : properties.password(), tls(name, properties, details),
				properties.reconnect().initialDelay(), properties.reconnect().maxDelay(),
				properties.publisher().timeout(), properties.properties());
		PlainTextCheck.check(profile, adapter, properties.allowPlainText() || isForDevelopment(details));
		return (provided != null) ? provided.broker(profile) : Broker.of(profile, adapter);
	}

	private static boolean isForDevelopment(@Nullable BrokerConnectionDetails details) {
		return details != null && PlainTextCheck.isForDevelopment(details);
	}

	private @Nullable Tls tls(String name, BrokerProperties properties, @Nullable BrokerConnectionDetails details) {
		SslBundle ofDetails = (details != null) ? details.getSslBundle() : null;
		String bundle = properties.ssl().bundle();
		if (ofDetails != null) {
			return TlsBundles.of("of the connection details", ofDetails);
		}
		return (bundle != null) ? this.tls.named(name, bundle) : null;
	}

	private Broker located(DefaultBrokerProvider.@Nullable Location location) {
		if (location == null) {
			throw new MessagingConfigurationException(
					"There are several connection details of ActiveMQ, so none can be the default broker's.",
					"Configure the brokers under 'messaging.broker', and declare beans of type BrokerConnectionDetails.");
		}
		BrokerProfile profile = profile(location.url(), location.user(), location.password());
		BrokerAdapter adapter = this.adapters.find(DefaultBroker.NAME, location.adapter(), location.url());
		PlainTextCheck.check(profile, adapter, location.development());
		return Broker.of(profile, adapter);
	}

	private BrokerProfile profile(String url, @Nullable String user, @Nullable String password) {
		return new BrokerProfile(DefaultBroker.NAME, this.application.name(), url, user, password, null,
				Duration.ofSeconds(1), Duration.ofSeconds(30), TIMEOUT, Map.of());
	}

	private Broker adopted() {
		// Respects @Primary; of our own, none is a candidate while the default is this
		// one.
		ConnectionFactory unique = this.beanFactory.getBeanProvider(ConnectionFactory.class).getIfUnique();
		List<String> names = DefaultSource.foreignConnectionFactories(this.beanFactory);
		if (unique == null) {
			throw new MessagingConfigurationException(
					"There are " + names.size() + " connection factories, " + names
							+ ", so none of them can be the default broker.",
					"Configure the brokers under 'messaging.broker', and set 'messaging.default-broker'.");
		}
		String beanName = names.stream()
			.filter((name) -> this.beanFactory.getBean(name) == unique)
			.findFirst()
			.orElse(DefaultBroker.NAME);
		ConnectionFactory bare = unwrapped(unique);
		BrokerProfile profile = profile("bean:" + beanName, null, null);
		for (BrokerAdapter adapter : this.adapters.all()) {
			ConnectionFactory adopted = adapter.adoptConnectionFactory(bare, profile);
			if (adopted != null) {
				return new Broker(profile, adapter, () -> adopted);
			}
		}
		return Broker.of(profile, JmsAdapter.ofBean(DefaultBroker.NAME, bare, JmsOptions.NONE));
	}

	static ConnectionFactory unwrapped(ConnectionFactory connectionFactory) {
		if (connectionFactory instanceof SingleConnectionFactory single
				&& single.getTargetConnectionFactory() != null) {
			return single.getTargetConnectionFactory();
		}
		return connectionFactory;
	}

}
