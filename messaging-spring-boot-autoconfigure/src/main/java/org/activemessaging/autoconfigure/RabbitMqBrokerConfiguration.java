package org.activemessaging.autoconfigure;

import com.rabbitmq.jms.admin.RMQConnectionFactory;
import org.activemessaging.broker.rabbitmq.RabbitMqAdapter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * RabbitMQ.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RMQConnectionFactory.class)
class RabbitMqBrokerConfiguration {

	@Bean
	RabbitMqAdapter rabbitMqBrokerAdapter() {
		return new RabbitMqAdapter();
	}

}
