package org.activemessaging.autoconfigure;

import org.activemessaging.actuate.AuditEvents;
import org.activemessaging.actuate.ConsolePart;
import org.activemessaging.actuate.DoctorPart;
import org.activemessaging.actuate.EndpointBodyAdvisor;
import org.activemessaging.actuate.EndpointPart;
import org.activemessaging.actuate.EndpointProblem;
import org.activemessaging.actuate.EndpointReads;
import org.activemessaging.actuate.EndpointWrites;
import org.activemessaging.actuate.ExplainPart;
import org.activemessaging.actuate.FiltersPart;
import org.activemessaging.actuate.MessagingEndpoint;
import org.activemessaging.actuate.MessagingEndpointWebExtension;
import org.activemessaging.actuate.ScalingPart;
import org.activemessaging.actuate.TopologyPart;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.operations.DeadLettersView;
import org.activemessaging.operations.MessageInspection;
import org.activemessaging.operations.MessagesView;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.MessagingView;
import org.activemessaging.operations.OperationAudit;
import org.activemessaging.operations.OperationsView;
import org.activemessaging.operations.ProcessorOperations;
import org.activemessaging.operations.QueueOperations;
import org.activemessaging.operations.doctor.Doctor;
import org.activemessaging.operations.doctor.DoctorView;
import org.activemessaging.operations.explain.Explainer;
import org.activemessaging.operations.explain.Explanation;
import org.activemessaging.operations.scaling.Scaling;
import org.activemessaging.operations.scaling.ScalingView;
import org.activemessaging.operations.topology.Topology;
import org.activemessaging.operations.topology.TopologyView;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
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
	MessagingEndpoint messagingEndpoint(MessagingOperations operations) {
		return new MessagingEndpoint(operations);
	}

	@Bean
	@ConditionalOnMissingBean
	OperationAudit messagingOperationAudit(ApplicationEventPublisher publisher) {
		return new AuditEvents(publisher);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(MessagingEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	MessagingEndpointWebExtension messagingEndpointWebExtension(MessagingEndpoint endpoint,
			MessageInspection inspection, ProcessorOperations processors, QueueOperations queues,
			MessagingProperties properties, ObjectProvider<EndpointPart> parts) {
		return new MessagingEndpointWebExtension(
				new EndpointReads(endpoint, inspection, queues, parts.orderedStream().toList()),
				new EndpointWrites(processors, queues, properties.operations().redrive().defaults()));
	}

	@Bean
	DoctorPart messagingDoctorPart(Doctor doctor) {
		return new DoctorPart(doctor);
	}

	@Bean
	ScalingPart messagingScalingPart(Scaling scaling) {
		return new ScalingPart(scaling);
	}

	@Bean
	TopologyPart messagingTopologyPart(Topology topology) {
		return new TopologyPart(topology);
	}

	@Bean
	ExplainPart messagingExplainPart(Explainer explainer) {
		return new ExplainPart(explainer);
	}

	@Bean
	FiltersPart messagingFiltersPart(MessageFilters filters) {
		return new FiltersPart(filters);
	}

	@Bean
	ConsolePart messagingConsolePart() {
		return new ConsolePart();
	}

	@Bean
	EndpointBodyAdvisor messagingEndpointBodyAdvisor() {
		return new EndpointBodyAdvisor();
	}

	/**
	 * Makes what the endpoint answers writable as JSON in a native image.
	 */
	static class EndpointRuntimeHints implements RuntimeHintsRegistrar {

		private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			this.binding.registerReflectionHints(hints.reflection(), MessagingView.class, MessagesView.class,
					DeadLettersView.class, OperationsView.class, EndpointProblem.class, DoctorView.class,
					ScalingView.class, TopologyView.class, Explanation.class, FiltersPart.FilterView.class);
			hints.resources().registerPattern("org/activemessaging/actuate/console/*");
		}

	}

}
