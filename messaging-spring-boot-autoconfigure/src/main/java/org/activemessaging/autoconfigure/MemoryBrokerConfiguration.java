package org.activemessaging.autoconfigure;

import org.activemessaging.broker.memory.MemoryAdapter;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A broker inside the JVM, with the messages of ActiveMQ's client.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.apache.activemq.command.ActiveMQMessage")
class MemoryBrokerConfiguration {

	@Bean
	MemoryAdapter memoryBrokerAdapter() {
		return new MemoryAdapter();
	}

}
