package org.activemessaging.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.activemessaging.actuate.BrokerHealthIndicator;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.operations.MessagingOperations;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link BrokerHealthIndicator},
 * one for each broker. It takes the place of Spring Boot's own indicator, which would
 * open a connection for each probe of each connection factory.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MessagingAutoConfiguration.class,
		beforeName = "org.springframework.boot.jms.autoconfigure.health.JmsHealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(MessagingOperations.class)
@ConditionalOnEnabledHealthIndicator("messaging")
public final class MessagingHealthContributorAutoConfiguration {

	@Bean({ "messagingHealthContributor", "jmsHealthContributor" })
	@ConditionalOnMissingBean(name = { "messagingHealthContributor", "messagingHealthIndicator" })
	CompositeHealthContributor messagingHealthContributor(Brokers brokers, MessagingOperations operations) {
		Map<String, HealthContributor> contributors = new LinkedHashMap<>();
		for (Broker broker : brokers.all()) {
			contributors.put(broker.name(), new BrokerHealthIndicator(broker.name(), operations));
		}
		return CompositeHealthContributor.fromMap(contributors);
	}

}
