package org.activemessaging.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;

/**
 * RabbitMQ.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "com.rabbitmq.jms.admin.RMQConnectionFactory")
class RabbitMqBrokerConfiguration {

}
