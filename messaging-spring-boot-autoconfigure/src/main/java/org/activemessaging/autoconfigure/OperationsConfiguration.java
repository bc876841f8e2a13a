package org.activemessaging.autoconfigure;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Brokers;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorControl;
import org.activemessaging.operations.Disclosure;
import org.activemessaging.operations.MessageInspection;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.OperationAudit;
import org.activemessaging.operations.OutboxBacklog;
import org.activemessaging.operations.ProcessorOperations;
import org.activemessaging.operations.QueueOperations;
import org.activemessaging.operations.RedriveOutcomes;
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

	@Bean
	MessageInspection messagingInspection(MessagingProperties properties, NamedDestinations destinations,
			ProcessorRegistry processors, MessagingOperations operations) {
		OperationsProperties.PayloadProperties payload = properties.operations().payload();
		Checks.range("messaging.operations.payload.max-length", payload.maxLength(), 1, 1 << 20);
		Disclosure disclosure = new Disclosure(payload.enabled(), payload.maxLength(),
				patterns("messaging.operations.payload.masks", payload.masks()),
				patterns("messaging.operations.masked-headers", properties.operations().maskedHeaders()));
		return new MessageInspection(destinations, processors, operations, disclosure);
	}

	@Bean
	ProcessorOperations messagingProcessorOperations(MessagingProperties properties, ProcessorContainers containers,
			ProcessorGroups groups, MessagingOperations operations, ObjectProvider<OperationAudit> audit) {
		return new ProcessorOperations(new ProcessorControl(containers), groups, operations,
				properties.operations().switches(), audit(audit));
	}

	@Bean
	RedriveOutcomes messagingRedriveOutcomes() {
		return new RedriveOutcomes();
	}

	@Bean
	QueueOperations messagingQueueOperations(MessagingProperties properties, NamedDestinations destinations,
			ProcessorRegistry processors, MessagingOperations operations, RedriveOutcomes outcomes,
			ObjectProvider<OperationAudit> audit) {
		OperationsProperties settings = properties.operations();
		Checks.positive("messaging.operations.trash.time-to-live", settings.trash().timeToLive());
		Checks.positive("messaging.operations.redrive.stage-timeout", settings.redrive().stageTimeout());
		Checks.range("messaging.operations.redrive.max-failure-ratio", settings.redrive().maxFailureRatio(), 0, 1);
		settings.redrive()
			.stages()
			.forEach((stage) -> Checks.range("messaging.operations.redrive.stages", stage, 1, Integer.MAX_VALUE));
		return new QueueOperations(destinations, processors, operations, outcomes, settings.switches(), audit(audit),
				settings.trash().timeToLive(), settings.redrive().stageTimeout());
	}

	// The endpoint, which knows the audit, comes later.
	private static OperationAudit audit(ObjectProvider<OperationAudit> audit) {
		return (by, operation, data) -> audit.ifAvailable((target) -> target.record(by, operation, data));
	}

	private static List<Pattern> patterns(String property, List<String> texts) {
		try {
			return Disclosure.patterns(texts);
		}
		catch (PatternSyntaxException ex) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' has the value '" + ex.getPattern()
							+ "', which is not a regular expression: " + ex.getDescription() + ".",
					"Correct '" + property + "'.");
		}
	}

}
