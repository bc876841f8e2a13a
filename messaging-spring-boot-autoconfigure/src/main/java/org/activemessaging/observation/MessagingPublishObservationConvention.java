package org.activemessaging.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.observation.MessagingObservationDocumentation.ActiveMessagingKeys;
import org.activemessaging.observation.MessagingObservationDocumentation.MessageKeys;
import org.activemessaging.observation.MessagingObservationDocumentation.MessagingKeys;
import org.activemessaging.publisher.OutboundHeaders;

/**
 * Name and keys of the observation of a message that is published. A bean of this type
 * takes the place of the default one, which is what the methods here return.
 *
 * @since 0.1.0
 * @see MessagingObservationDocumentation#PUBLISH
 */
public interface MessagingPublishObservationConvention extends ObservationConvention<MessagingPublishContext> {

	@Override
	default String getName() {
		return "messaging.publish";
	}

	@Override
	default String getContextualName(MessagingPublishContext context) {
		return "publish " + context.destination().publishAddress().name();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(MessagingPublishContext context) {
		return KeyValues.of(MessagingKeys.SYSTEM.withValue(KeySource.system(context.destination())),
				MessagingKeys.OPERATION_NAME.withValue("publish"), MessagingKeys.OPERATION_TYPE.withValue("send"),
				MessagingKeys.DESTINATION_NAME.withValue(context.destination().publishAddress().name()),
				ActiveMessagingKeys.BROKER.withValue(context.destination().broker().name()),
				ActiveMessagingKeys.DESTINATION.withValue(context.destination().name()));
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(MessagingPublishContext context) {
		return KeySource.of(MessageKeys.ID, context.header(MessagingHeaders.ID))
			.and(KeySource.of(MessageKeys.CONVERSATION_ID, context.header(OutboundHeaders.CORRELATION_ID)))
			.and(KeySource.of(MessageKeys.GROUP, context.header(MessagingHeaders.GROUP)))
			.and(KeySource.error(context));
	}

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof MessagingPublishContext;
	}

}
