package org.activemessaging.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.observation.MessagingObservationDocumentation.ActiveMessagingKeys;
import org.activemessaging.observation.MessagingObservationDocumentation.MessageKeys;
import org.activemessaging.observation.MessagingObservationDocumentation.MessagingKeys;
import org.activemessaging.processor.ProcessorDefinition;

import org.springframework.jms.support.JmsHeaders;

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
		ProcessorDefinition processor = context.processor();
		String source = processor.destination().subscribeAddress(processor.group()).name();
		Object id = context.header(MessagingHeaders.ID);
		KeyValues values = KeySource.of(MessageKeys.ID, (id != null) ? id : context.header(JmsHeaders.MESSAGE_ID))
			.and(KeySource.of(MessageKeys.CONVERSATION_ID, context.header(JmsHeaders.CORRELATION_ID)))
			.and(KeySource.of(MessageKeys.GROUP, context.header(MessagingHeaders.GROUP)));
		if (!source.equals(processor.destination().publishAddress().name())) {
			values = values.and(MessageKeys.SUBSCRIPTION.withValue(source));
		}
		if (context.messages().size() > 1) {
			values = values.and(MessageKeys.BATCH_COUNT.withValue(String.valueOf(context.messages().size())));
		}
		Throwable error = context.getError();
		return (error == null) ? values : values.and(KeyValue.of(MessageKeys.ERROR_TYPE, error.getClass().getName()));
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof MessagingProcessContext;
	}

}
