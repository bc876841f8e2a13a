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
			return ObservedConsumption.begin(context, observation, this.trouble);
		}
		catch (RuntimeException ex) {
			this.trouble.say("A try of " + processor + " is not observed", ex);
			return Observed.NONE;
		}
	}

}
