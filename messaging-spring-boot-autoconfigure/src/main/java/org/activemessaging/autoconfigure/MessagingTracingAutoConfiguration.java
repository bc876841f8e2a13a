package org.activemessaging.autoconfigure;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.activemessaging.listener.ProcessObserver;
import org.activemessaging.observation.MessageTracingHandler;
import org.activemessaging.observation.MessagingProcessObservationConvention;
import org.activemessaging.observation.MessagingPublishObservationConvention;
import org.activemessaging.observation.MessagingReceiveObservationConvention;
import org.activemessaging.observation.MessagingRequestObservationConvention;
import org.activemessaging.observation.ProcessObservations;
import org.activemessaging.observation.PublishObservations;
import org.activemessaging.observation.ReceiveObservations;
import org.activemessaging.observation.RequestObservations;
import org.activemessaging.observation.UnmeteredHandler;
import org.activemessaging.publisher.PublishObserver;
import org.activemessaging.receiver.ReceiveObserver;
import org.activemessaging.request.RequestObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations of messages: if
 * there is somebody who traces them, or if the configuration asks for them. With meters
 * alone there are none, as those count every message anyway.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MessagingAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = MessagingTracingAutoConfiguration.ENABLED, matchIfMissing = true)
@Conditional(MessagingTracingAutoConfiguration.OnObserver.class)
public final class MessagingTracingAutoConfiguration {

	static final String ENABLED = "messaging.observation.enabled";

	// Only for our own observations, which nobody else's handler is made for.
	private static final int FIRST = Ordered.HIGHEST_PRECEDENCE + 100;

	@Bean
	PublishObserver messagingPublishObservations(ObservationRegistry registry,
			ObjectProvider<MessagingPublishObservationConvention> convention) {
		return new PublishObservations(registry, convention.getIfAvailable());
	}

	@Bean
	ProcessObserver messagingProcessObservations(ObservationRegistry registry,
			ObjectProvider<MessagingProcessObservationConvention> convention) {
		return new ProcessObservations(registry, convention.getIfAvailable());
	}

	@Bean
	ReceiveObserver messagingReceiveObservations(ObservationRegistry registry,
			ObjectProvider<MessagingReceiveObservationConvention> convention) {
		return new ReceiveObservations(registry, convention.getIfAvailable());
	}

	@Bean
	RequestObserver messagingRequestObservations(ObservationRegistry registry,
			ObjectProvider<MessagingRequestObservationConvention> convention) {
		return new RequestObservations(registry, convention.getIfAvailable());
	}

	/**
	 * Who makes it worth while.
	 */
	static final class OnObserver extends AnyNestedCondition {

		OnObserver() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(type = "io.micrometer.tracing.propagation.Propagator")
		static final class OnPropagator {

		}

		@ConditionalOnBooleanProperty(name = ENABLED)
		static final class OnDemand {

		}

	}

	/**
	 * Spans.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Tracer.class)
	@ConditionalOnBean({ Tracer.class, Propagator.class })
	static class TracingConfiguration {

		@Bean
		@Order(FIRST)
		MessageTracingHandler messagingTracingHandler(Tracer tracer, Propagator propagator) {
			return new MessageTracingHandler(tracer, propagator);
		}

	}

	/**
	 * No meters beside those that there are.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterObservationHandler.class)
	static class MeterConfiguration {

		@Bean
		@Order(FIRST)
		UnmeteredHandler messagingUnmeteredHandler() {
			return new UnmeteredHandler();
		}

	}

}
