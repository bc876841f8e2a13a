package org.activemessaging.observation;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Makes no meters of the observations of messages: {@link PublishMeters},
 * {@link DeliveryMeters}, {@link ReceiveMeters} and {@link RequestMeters} count every
 * message, whether it is observed or not, and no message is counted twice. Goes before
 * the handler that would.
 *
 * @since 0.1.0
 */
public final class UnmeteredHandler implements MeterObservationHandler<Observation.Context> {

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof MessagingPublishContext || context instanceof MessagingConsumerContext
				|| context instanceof MessagingRequestContext;
	}

}
