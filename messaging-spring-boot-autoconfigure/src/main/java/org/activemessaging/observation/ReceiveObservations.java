package org.activemessaging.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.ObservedMessage;
import org.activemessaging.listener.ProcessObserver.Observed;
import org.activemessaging.receiver.ReceiveObserver;
import org.jspecify.annotations.Nullable;

/**
 * The observation {@code messaging.receive}. While a handler runs, it is the current one.
 *
 * @since 0.1.0
 */
public final class ReceiveObservations implements ReceiveObserver {

	private static final MessagingReceiveObservationConvention DEFAULT = new DefaultMessagingReceiveObservationConvention();

	private final Trouble trouble = new Trouble();

	private final ObservationRegistry registry;

	private final @Nullable MessagingReceiveObservationConvention convention;

	/**
	 * Creates the observations.
	 * @param registry where they are
	 * @param convention names and keys, or {@code null} for the default ones
	 */
	public ReceiveObservations(ObservationRegistry registry,
			@Nullable MessagingReceiveObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Observed begin(NamedDestination destination, @Nullable String group, ObservedMessage message,
			boolean handled) {
		if (this.registry.isNoop()) {
			return Observed.NONE;
		}
		try {
			MessagingReceiveContext context = new MessagingReceiveContext(destination, group, message, handled);
			Observation observation = MessagingObservationDocumentation.RECEIVE.observation(this.convention, DEFAULT,
					() -> context, this.registry);
			return ObservedConsumption.begin(context, observation, this.trouble);
		}
		catch (RuntimeException ex) {
			this.trouble.say("A message from " + destination + " is not observed", ex);
			return Observed.NONE;
		}
	}

}
