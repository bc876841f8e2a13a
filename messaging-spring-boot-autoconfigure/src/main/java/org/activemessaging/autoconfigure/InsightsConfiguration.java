package org.activemessaging.autoconfigure;

import java.time.Duration;

import org.activemessaging.broker.Brokers;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.doctor.Doctor;
import org.activemessaging.operations.doctor.SituationReader;
import org.activemessaging.operations.explain.Explainer;
import org.activemessaging.operations.scaling.Scaling;
import org.activemessaging.operations.topology.PublishedDestinations;
import org.activemessaging.operations.topology.Topology;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * What can be concluded from what was configured, found and sampled.
 */
@Configuration(proxyBeanMethods = false)
class InsightsConfiguration {

	@Bean
	Doctor messagingDoctor(MessagingProperties properties, MessagingOperations operations,
			NamedDestinations destinations, ProcessorRegistry processors, ProcessorContainers containers,
			ApplicationEventPublisher events) {
		Duration stalledAfter = properties.operations().stalledAfter();
		Checks.positive("messaging.operations.stalled-after", stalledAfter);
		Duration interval = properties.operations().sampleInterval();
		SituationReader reader = new SituationReader(operations, destinations, processors, containers, interval);
		return new Doctor(reader, interval, stalledAfter, containers::reconnect, (live) -> AvailabilityChangeEvent
			.publish(events, containers, live ? LivenessState.CORRECT : LivenessState.BROKEN));
	}

	@Bean
	Scaling messagingScaling(MessagingProperties properties, MessagingOperations operations,
			ProcessorRegistry processors, ProcessorGroups groups, ProcessorContainers containers) {
		return new Scaling(operations, processors, groups, containers, properties.operations().sampleInterval());
	}

	@Bean
	PublishedDestinations messagingPublishedDestinations() {
		return new PublishedDestinations();
	}

	@Bean
	Topology messagingTopology(Environment environment, NamedDestinations destinations, ProcessorRegistry processors,
			ProcessorGroups groups, ProcessorContainers containers, MessagingOperations operations,
			PublishedDestinations published) {
		return new Topology(ApplicationName.of(environment).name(),
				environment.getProperty("spring.application.version", "unknown"), destinations, processors, groups,
				containers, operations, published);
	}

	@Bean
	StartupLine messagingStartupLine(Brokers brokers, NamedDestinations destinations, ProcessorRegistry processors,
			ProcessorGroups groups) {
		return new StartupLine(brokers, destinations, processors, groups);
	}

	@Bean
	Explainer messagingExplainer(MessagingProperties properties, Environment environment, DefaultSource source,
			ConfigurableListableBeanFactory beanFactory, NamedDestinations destinations, ProcessorRegistry processors,
			ProcessorGroups groups, MessageFilters filters) {
		return new Explainer(destinations, processors, groups, filters,
				new DelayQueues(ApplicationName.of(environment).name()),
				new PropertyDeclarations(properties, source, ProcessorConfiguration.group(properties, environment)),
				new ScannedCandidates(beanFactory));
	}

}
