package org.activemessaging.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.observation.MessagingObservationDocumentation.ActiveMessagingKeys;
import org.activemessaging.observation.MessagingObservationDocumentation.MessagingKeys;

/**
 * Name and keys of the observation of a message that is received. A bean of this type
 * takes the place of the default one, which is what the methods here return.
 *
 * @since 0.1.0
 * @see MessagingObservationDocumentation#RECEIVE
 */
public interface MessagingReceiveObservationConvention extends ObservationConvention<MessagingReceiveContext> {

	@Override
	default String getName() {
		return "messaging.receive";
	}

	@Override
	default String getContextualName(MessagingReceiveContext context) {
		return "receive " + context.destination().publishAddress().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(MessagingReceiveContext context) {
		NamedDestination destination = context.destination();
		String group = context.group();
		return KeyValues.of(MessagingKeys.SYSTEM.withValue(KeySource.system(destination)),
				MessagingKeys.OPERATION_NAME.withValue("receive"), MessagingKeys.OPERATION_TYPE.withValue("receive"),
				MessagingKeys.DESTINATION_NAME.withValue(destination.publishAddress().name()),
				MessagingKeys.CONSUMER_GROUP.withValue((group != null) ? group : MeterTags.NONE),
				ActiveMessagingKeys.BROKER.withValue(destination.broker().name()),
				ActiveMessagingKeys.DESTINATION.withValue(destination.name()));
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(MessagingReceiveContext context) {
		return KeySource.consumed(context, context.destination(), context.group());
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof MessagingReceiveContext;
	}

}
