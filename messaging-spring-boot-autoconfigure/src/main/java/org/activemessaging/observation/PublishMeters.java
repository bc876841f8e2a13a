package org.activemessaging.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.publisher.PublishListener;
import org.jspecify.annotations.Nullable;

/**
 * The meters {@code messaging.publish} and {@code messaging.publish.batch}.
 *
 * @since 0.1.0
 */
public final class PublishMeters implements PublishListener {

	private final Map<String, Timer> successes = new ConcurrentHashMap<>();

	private final Map<String, Timer> failures = new ConcurrentHashMap<>();

	private final Map<String, DistributionSummary> batches = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	/**
	 * Creates the meters.
	 * @param registry where they are
	 */
	public PublishMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void published(NamedDestination destination, long nanos, @Nullable Throwable failure) {
		Map<String, Timer> timers = (failure == null) ? this.successes : this.failures;
		Timer timer = timers.get(destination.name());
		if (timer == null) {
			timer = timers.computeIfAbsent(destination.name(), (name) -> timer(destination, failure == null));
		}
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void sentTogether(Broker broker, int count) {
		DistributionSummary summary = this.batches.get(broker.name());
		if (summary == null) {
			summary = this.batches.computeIfAbsent(broker.name(),
					(name) -> DistributionSummary.builder("messaging.publish.batch")
						.description("Messages that were sent to a broker together")
						.baseUnit("messages")
						.tags(MeterTags.of(name, MeterTags.NONE, null, null))
						.register(this.registry));
		}
		summary.record(count);
	}

	private Timer timer(NamedDestination destination, boolean success) {
		return Timer.builder("messaging.publish")
			.description("Time until the broker has a message")
			.tags(MeterTags.of(destination).and("outcome", success ? "success" : "failure"))
			.register(this.registry);
	}

}
