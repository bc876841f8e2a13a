package org.activemessaging.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.Traces;
import org.activemessaging.observation.DeliveryMeters;
import org.activemessaging.observation.MessagingGauges;
import org.activemessaging.observation.PublishMeters;
import org.activemessaging.observation.ReceiveMeters;
import org.activemessaging.observation.RequestMeters;
import org.activemessaging.observation.TraceMeters;
import org.activemessaging.operations.MessagingOperations;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of ActiveMessaging.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MessagingAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, MessagingOperations.class })
public final class MessagingObservationAutoConfiguration {

	@Bean
	DeliveryMeters messagingDeliveryMeters(MeterRegistry registry) {
		return new DeliveryMeters(registry);
	}

	@Bean
	PublishMeters messagingPublishMeters(MeterRegistry registry) {
		return new PublishMeters(registry);
	}

	@Bean
	ReceiveMeters messagingReceiveMeters(MeterRegistry registry) {
		return new ReceiveMeters(registry);
	}

	@Bean
	RequestMeters messagingRequestMeters(MeterRegistry registry) {
		return new RequestMeters(registry);
	}

	@Bean
	SmartInitializingSingleton messagingTraceMeters(ObjectProvider<MeterRegistry> registry,
			ObjectProvider<Traces> traces, NamedDestinations destinations) {
		return () -> traces.ifAvailable(
				(some) -> new TraceMeters(some, destinations.get(some.destination())).bindTo(registry.getObject()));
	}

	// Bound when all processors are known, which a MeterBinder bean would not wait for.
	@Bean
	SmartInitializingSingleton messagingGauges(ObjectProvider<MeterRegistry> registry,
			ObjectProvider<MessagingOperations> operations) {
		return () -> new MessagingGauges(operations.getObject()).bindTo(registry.getObject());
	}

}
