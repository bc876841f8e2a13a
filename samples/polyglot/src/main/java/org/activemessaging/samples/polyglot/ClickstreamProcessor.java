package org.activemessaging.samples.polyglot;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;

import org.springframework.messaging.handler.annotation.Header;

/**
 * The deck's processor: counts clicks and how long their answers took. What it returns
 * goes to every group of {@code visits}, in the transaction of the click.
 */
@Processor
@SubscribesTo("clickstream")
@PublishesTo("visits")
final class ClickstreamProcessor {

	static final String LATENCY = "polyglot.request.latency";

	private final MeterRegistry meters;

	ClickstreamProcessor(MeterRegistry meters) {
		this.meters = meters;
	}

	Visit onMessage(Click click, @Header(name = "client", defaultValue = "unknown") String client) {
		Timer latency = this.meters.timer(LATENCY, "client", client);
		latency.record(Duration.ofNanos(Math.round(click.latency() * 1e9)));
		this.meters.counter("polyglot.uniques", "client", client).increment(click.unique() ? 1 : 0);
		return new Visit(click.clickId(), click.sessionId(), click.uri(), latency.count());
	}

}
