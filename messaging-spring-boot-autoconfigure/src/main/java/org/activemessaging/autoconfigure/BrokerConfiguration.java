package org.activemessaging.autoconfigure;

import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.Brokers;
import org.activemessaging.destination.NamedDestinations;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Brokers and destinations.
 */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

	static final String BROKERS_BEAN = "messagingBrokers";

	@Bean(name = BROKERS_BEAN, destroyMethod = "close")
	Brokers messagingBrokers(MessagingProperties properties, DefaultSource source,
			ConfigurableListableBeanFactory beanFactory, Environment environment,
			ObjectProvider<BrokerAdapter> adapters, ObjectProvider<BrokerConnectionDetails> connectionDetails,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<DefaultBrokerProvider.Running> running,
			ObjectProvider<DefaultBrokerProvider.Embedded> embedded, ObjectProvider<BrokerReplacement> replacement) {
		return new BrokersFactory(properties, beanFactory, source, ApplicationName.of(environment),
				new Adapters(adapters.orderedStream().toList()), connectionDetails, new TlsBundles(sslBundles),
				replacement.getIfAvailable(() -> (name, application) -> null))
			.create(running, embedded);
	}

	@Bean
	@ConditionalOnMissingBean
	NamedDestinations messagingDestinations(MessagingProperties properties, Brokers brokers) {
		return new DestinationsFactory(brokers).create(properties.destination());
	}

}
