package org.activemessaging.autoconfigure;

import org.activemessaging.broker.artemis.ArtemisAdapter;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * ActiveMQ Artemis.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ActiveMQConnectionFactory.class)
class ArtemisBrokerConfiguration {

	@Bean
	ArtemisAdapter artemisBrokerAdapter() {
		return new ArtemisAdapter();
	}

}
