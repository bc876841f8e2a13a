package org.activemessaging.samples.polyglot;

import io.micrometer.core.instrument.MeterRegistry;
import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

/**
 * Answers the question how many clicks of a client there were. What it returns goes where
 * the {@code reply-to} of the question says.
 */
@Processor
final class StatisticsProcessor {

	private final MeterRegistry meters;

	StatisticsProcessor(MeterRegistry meters) {
		this.meters = meters;
	}

	@SubscribesTo("statistics")
	Statistics onQuestion(String client) {
		return new Statistics(client, this.meters.timer(ClickstreamProcessor.LATENCY, "client", client).count());
	}

}
