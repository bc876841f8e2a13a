package org.activemessaging.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.observation.MessagingObservationDocumentation.ActiveMessagingKeys;
import org.activemessaging.observation.MessagingObservationDocumentation.MessagingKeys;
import org.activemessaging.processor.ProcessorDefinition;

/**
 * Name and keys of the observation of a try. A bean of this type takes the place of the
 * default one, which is what the methods here return.
 *
 * @since 0.1.0
 * @see MessagingObservationDocumentation#PROCESS
 */
public interface MessagingProcessObservationConvention extends ObservationConvention<MessagingProcessContext> {

	@Override
	default String getName() {
		return "messaging.process";
	}

	@Override
	default String getContextualName(MessagingProcessContext context) {
		return "process " + context.processor().destination().publishAddress().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(MessagingProcessContext context) {
		ProcessorDefinition processor = context.processor();
		NamedDestination destination = processor.destination();
		return KeyValues.of(MessagingKeys.SYSTEM.withValue(KeySource.system(destination)),
				MessagingKeys.OPERATION_NAME.withValue("process"), MessagingKeys.OPERATION_TYPE.withValue("process"),
				MessagingKeys.DESTINATION_NAME.withValue(destination.publishAddress().name()),
				ActiveMessagingKeys.BROKER.withValue(destination.broker().name()),
				ActiveMessagingKeys.DESTINATION.withValue(destination.name()),
				MessagingKeys.CONSUMER_GROUP
					.withValue((processor.group() != null) ? processor.group() : MeterTags.NONE),
				ActiveMessagingKeys.PROCESSOR.withValue(processor.id()));
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(MessagingProcessContext context) {
		return KeySource.consumed(context, context.processor().destination(), context.processor().group());
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof MessagingProcessContext;
	}

}
