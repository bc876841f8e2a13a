package org.activemessaging.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.filter.Traces;

/**
 * The meter {@code messaging.traces.dropped}.
 *
 * @since 0.1.0
 */
public final class TraceMeters implements MeterBinder {

	private final Traces traces;

	private final NamedDestination destination;

	/**
	 * Creates the meter.
	 * @param traces what is counted
	 * @param destination where traces go
	 */
	public TraceMeters(Traces traces, NamedDestination destination) {
		this.traces = traces;
		this.destination = destination;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("messaging.traces.dropped", this.traces, Traces::dropped)
			.description("Traces that were dropped")
			.tags(MeterTags.of(this.destination))
			.register(registry);
	}

}
