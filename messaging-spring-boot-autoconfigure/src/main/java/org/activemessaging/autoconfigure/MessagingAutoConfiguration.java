package org.activemessaging.autoconfigure;

import jakarta.jms.ConnectionFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.jms.core.JmsTemplate;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for ActiveMessaging: brokers,
 * destinations, processors and the publisher.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		beforeName = { "org.springframework.boot.activemq.autoconfigure.ActiveMQAutoConfiguration",
				"org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration",
				"org.springframework.boot.jms.autoconfigure.JmsAutoConfiguration",
				"org.springframework.boot.jms.autoconfigure.JndiConnectionFactoryAutoConfiguration" },
		afterName = { "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
				"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration" })
@ConditionalOnClass({ ConnectionFactory.class, JmsTemplate.class })
@EnableConfigurationProperties(MessagingProperties.class)
@Import({ ActiveMqBrokerConfiguration.class, ArtemisBrokerConfiguration.class, MemoryBrokerConfiguration.class,
		RabbitMqBrokerConfiguration.class, SqsBrokerConfiguration.class, StompBrokerConfiguration.class,
		BrokerRegistrar.class, BrokerConfiguration.class, FilterConfiguration.class, ClaimCheckConfiguration.class,
		CloudEventsConfiguration.class, S3ClaimStoreConfiguration.class, ProcessorConfiguration.class,
		OperationsConfiguration.class, InsightsConfiguration.class })
public final class MessagingAutoConfiguration {

}
