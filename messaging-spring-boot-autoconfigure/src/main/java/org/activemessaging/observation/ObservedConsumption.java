package org.activemessaging.observation;

import io.micrometer.observation.Observation;
import org.activemessaging.listener.ProcessObserver.Observed;
import org.jspecify.annotations.Nullable;

/**
 * A try of a message, or a message that is received, while it is observed.
 */
final class ObservedConsumption implements Observed {

	private final MessagingConsumerContext context;

	private final Observation observation;

	private final Observation.Scope scope;

	private final Trouble trouble;

	private ObservedConsumption(MessagingConsumerContext context, Observation observation, Trouble trouble) {
		this.context = context;
		this.observation = observation;
		this.scope = observation.openScope();
		this.trouble = trouble;
	}

	static Observed begin(MessagingConsumerContext context, Observation observation, Trouble trouble) {
		return observation.isNoop() ? NONE : new ObservedConsumption(context, observation.start(), trouble);
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
			this.trouble.say("The end of a try is not observed", ex);
		}
	}

}
