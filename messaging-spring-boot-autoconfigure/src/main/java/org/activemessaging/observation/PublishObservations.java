package org.activemessaging.observation;

import java.util.Map;
import java.util.Objects;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.publisher.OutboundHeaders;
import org.activemessaging.publisher.PublishObserver;
import org.jspecify.annotations.Nullable;

/**
 * The observation {@code messaging.publish}, whose trace context goes with the message.
 *
 * @since 0.1.0
 */
public final class PublishObservations implements PublishObserver {

	private static final MessagingPublishObservationConvention DEFAULT = new DefaultMessagingPublishObservationConvention();

	private static final String TRACESTATE = "tracestate";

	private final Trouble trouble = new Trouble();

	private final Trouble headerTrouble = new Trouble();

	private final ObservationRegistry registry;

	private final @Nullable MessagingPublishObservationConvention convention;

	/**
	 * Creates the observations.
	 * @param registry where they are
	 * @param convention names and keys, or {@code null} for the default ones
	 */
	public PublishObservations(ObservationRegistry registry,
			@Nullable MessagingPublishObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Observed begin(NamedDestination destination, Map<String, Object> headers) {
		if (this.registry.isNoop()) {
			return Observed.NONE;
		}
		try {
			Observation observation = MessagingObservationDocumentation.PUBLISH.observation(this.convention, DEFAULT,
					() -> new MessagingPublishContext(destination, headers, this::set), this.registry);
			if (observation.isNoop()) {
				return Observed.NONE;
			}
			start(observation, headers);
			return new Published(observation, observation.openScope());
		}
		catch (RuntimeException ex) {
			this.trouble.say("A publication to " + destination + " is not observed", ex);
			return Observed.NONE;
		}
	}

	// With the headers of a received message, those of its trace may have been taken
	// over.
	private static void start(Observation observation, Map<String, Object> headers) {
		Object parent = headers.get(Traceparent.HEADER);
		Object state = headers.remove(TRACESTATE);
		observation.start();
		if (state != null && Objects.equals(parent, headers.get(Traceparent.HEADER))) {
			headers.putIfAbsent(TRACESTATE, state);
		}
	}

	// Names are the configuration's, but values may come from who has called us.
	private void set(Map<String, Object> headers, String name, String value) {
		try {
			OutboundHeaders.checkAdded(name, value);
			headers.put(name, value);
		}
		catch (IllegalArgumentException ex) {
			this.headerTrouble.say("A header of the trace context is left out of messages", ex);
		}
	}

	/**
	 * A message that is being published.
	 */
	private final class Published implements Observed {

		private final Observation observation;

		private final Observation.Scope scope;

		Published(Observation observation, Observation.Scope scope) {
			this.observation = observation;
			this.scope = scope;
		}

		@Override
		public void leave() {
			this.scope.close();
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
				PublishObservations.this.trouble.say("The end of a publication is not observed", ex);
			}
		}

	}

}
