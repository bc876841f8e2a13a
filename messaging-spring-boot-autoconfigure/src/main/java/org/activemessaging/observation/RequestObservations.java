package org.activemessaging.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.request.RequestObserver;
import org.jspecify.annotations.Nullable;

/**
 * The observation {@code messaging.request}, from the call until there is a reply, or
 * there will be none. That of the publication is below it.
 *
 * @since 0.1.0
 */
public final class RequestObservations implements RequestObserver {

	private static final MessagingRequestObservationConvention DEFAULT = new DefaultMessagingRequestObservationConvention();

	private final Trouble trouble = new Trouble();

	private final ObservationRegistry registry;

	private final @Nullable MessagingRequestObservationConvention convention;

	/**
	 * Creates the observations.
	 * @param registry where they are
	 * @param convention names and keys, or {@code null} for the default ones
	 */
	public RequestObservations(ObservationRegistry registry,
			@Nullable MessagingRequestObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Observed begin(NamedDestination destination) {
		if (this.registry.isNoop()) {
			return Observed.NONE;
		}
		try {
			Observation observation = MessagingObservationDocumentation.REQUEST.observation(this.convention, DEFAULT,
					() -> new MessagingRequestContext(destination), this.registry);
			return observation.isNoop() ? Observed.NONE : new Requested(observation.start());
		}
		catch (RuntimeException ex) {
			this.trouble.say("A request to " + destination + " is not observed", ex);
			return Observed.NONE;
		}
	}

	/**
	 * A request that waits for its reply.
	 */
	private final class Requested implements Observed {

		private final Observation observation;

		Requested(Observation observation) {
			this.observation = observation;
		}

		@Override
		public Runnable within(Runnable publish) {
			return () -> this.observation.scoped(publish);
		}

		@Override
		public void end(@Nullable Throwable failure) {
			try {
				if (failure != null) {
					this.observation.error(failure);
				}
				this.observation.stop();
			}
			catch (RuntimeException ex) {
				RequestObservations.this.trouble.say("The end of a request is not observed", ex);
			}
		}

	}

}
