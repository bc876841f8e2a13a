package org.activemessaging.autoconfigure;

import org.activemessaging.broker.Brokers;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.OutboxBacklog;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What operators see.
 */
@Configuration(proxyBeanMethods = false)
class OperationsConfiguration {

	@Bean
	MessagingOperations messagingOperations(MessagingProperties properties, Brokers brokers,
			NamedDestinations destinations, ProcessorRegistry processors, ProcessorGroups groups,
			ProcessorContainers containers, ObjectProvider<OutboxBacklog> outbox) {
		Checks.positive("messaging.operations.sample-interval", properties.operations().sampleInterval());
		return new MessagingOperations(brokers, destinations, processors, groups, containers,
				properties.operations().sampleInterval(), outbox.getIfAvailable());
	}

}
