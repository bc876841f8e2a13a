package org.activemessaging.autoconfigure;

import org.activemessaging.actuate.MessagingEndpoint;
import org.activemessaging.actuate.MessagingEndpointWebExtension;
import org.activemessaging.actuate.MessagingInsights;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.MessagingView;
import org.activemessaging.operations.doctor.Doctor;
import org.activemessaging.operations.doctor.DoctorView;
import org.activemessaging.operations.scaling.Scaling;
import org.activemessaging.operations.scaling.ScalingView;
import org.activemessaging.operations.topology.Topology;
import org.activemessaging.operations.topology.TopologyView;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link MessagingEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MessagingAutoConfiguration.class)
@ConditionalOnClass({ MessagingEndpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(MessagingEndpoint.class)
@ConditionalOnBean(MessagingOperations.class)
@ImportRuntimeHints(MessagingEndpointAutoConfiguration.EndpointRuntimeHints.class)
public final class MessagingEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MessagingEndpoint messagingEndpoint(MessagingOperations operations, Doctor doctor, Scaling scaling,
			Topology topology) {
		return new MessagingEndpoint(operations, new MessagingInsights(doctor, scaling, topology));
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(MessagingEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	MessagingEndpointWebExtension messagingEndpointWebExtension(MessagingEndpoint endpoint) {
		return new MessagingEndpointWebExtension(endpoint);
	}

	/**
	 * Makes what the endpoint answers writable as JSON in a native image.
	 */
	static class EndpointRuntimeHints implements RuntimeHintsRegistrar {

		private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			this.binding.registerReflectionHints(hints.reflection(), MessagingView.class, DoctorView.class,
					ScalingView.class, TopologyView.class, MessagingEndpointWebExtension.NotFound.class);
		}

	}

}
