package org.activemessaging.observation;

import java.util.List;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.activemessaging.listener.ObservedMessage;
import org.activemessaging.listener.ProcessObserver;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The observation {@code messaging.process} of each try. While a processor runs, it is
 * the current one.
 *
 * @since 0.1.0
 */
public final class ProcessObservations implements ProcessObserver {

	private static final MessagingProcessObservationConvention DEFAULT = new DefaultMessagingProcessObservationConvention();

	private final Trouble trouble = new Trouble();

	private final ObservationRegistry registry;

	private final @Nullable MessagingProcessObservationConvention convention;

	/**
	 * Creates the observations.
	 * @param registry where they are
	 * @param convention names and keys, or {@code null} for the default ones
	 */
	public ProcessObservations(ObservationRegistry registry,
			@Nullable MessagingProcessObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public Observed begin(ProcessorDefinition processor, List<ObservedMessage> messages) {
		if (this.registry.isNoop()) {
			return Observed.NONE;
		}
		try {
			MessagingProcessContext context = new MessagingProcessContext(processor, messages);
			Observation observation = MessagingObservationDocumentation.PROCESS.observation(this.convention, DEFAULT,
					() -> context, this.registry);
			if (observation.isNoop()) {
				return Observed.NONE;
			}
			observation.start();
			return new Tried(context, observation, observation.openScope());
		}
		catch (RuntimeException ex) {
			this.trouble.say("A try of " + processor + " is not observed", ex);
			return Observed.NONE;
		}
	}

	/**
	 * A try that is being made.
	 */
	private final class Tried implements Observed {

		private final MessagingProcessContext context;

		private final Observation observation;

		private final Observation.Scope scope;

		Tried(MessagingProcessContext context, Observation observation, Observation.Scope scope) {
			this.context = context;
			this.observation = observation;
			this.scope = scope;
		}

		@Override
		public @Nullable String trace() {
			Traceparent trace = this.context.trace();
			return (trace != null) ? trace.toString() : null;
		}

		@Override
		public void failed(Throwable failure) {
			this.observation.error(failure);
		}

		@Override
		public void close() {
			this.scope.close();
			try {
				this.observation.stop();
			}
			catch (RuntimeException ex) {
				ProcessObservations.this.trouble.say("The end of a try is not observed", ex);
			}
		}

	}

}
