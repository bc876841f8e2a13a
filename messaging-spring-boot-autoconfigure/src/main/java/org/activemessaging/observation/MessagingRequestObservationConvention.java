package org.activemessaging.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.observation.MessagingObservationDocumentation.ActiveMessagingKeys;
import org.activemessaging.observation.MessagingObservationDocumentation.MessagingKeys;

/**
 * Name and keys of the observation of a request. A bean of this type takes the place of
 * the default one, which is what the methods here return.
 *
 * @since 0.1.0
 * @see MessagingObservationDocumentation#REQUEST
 */
public interface MessagingRequestObservationConvention extends ObservationConvention<MessagingRequestContext> {

	@Override
	default String getName() {
		return "messaging.request";
	}

	@Override
	default String getContextualName(MessagingRequestContext context) {
		return "request " + context.destination().publishAddress().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(MessagingRequestContext context) {
		NamedDestination destination = context.destination();
		return KeyValues.of(MessagingKeys.SYSTEM.withValue(KeySource.system(destination)),
				MessagingKeys.OPERATION_NAME.withValue("request"),
				MessagingKeys.DESTINATION_NAME.withValue(destination.publishAddress().name()),
				ActiveMessagingKeys.BROKER.withValue(destination.broker().name()),
				ActiveMessagingKeys.DESTINATION.withValue(destination.name()));
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(MessagingRequestContext context) {
		return KeySource.error(context);
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof MessagingRequestContext;
	}

}
