package org.activemessaging.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.request.ReplyListener;
import org.jspecify.annotations.Nullable;

/**
 * The meters {@code messaging.request} and {@code messaging.replies.late}.
 *
 * @since 0.1.0
 */
public final class RequestMeters implements ReplyListener {

	private final Map<String, Timer> successes = new ConcurrentHashMap<>();

	private final Map<String, Timer> timeouts = new ConcurrentHashMap<>();

	private final Map<String, Timer> failures = new ConcurrentHashMap<>();

	private final Map<String, Counter> late = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	/**
	 * Creates the meters.
	 * @param registry where they are
	 */
	public RequestMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void ended(NamedDestination destination, long nanos, @Nullable Throwable failure) {
		if (failure == null) {
			record(this.successes, destination, "success", nanos);
		}
		else {
			record(this.failures, destination, "failure", nanos);
		}
	}

	@Override
	public void timedOut(NamedDestination destination, long nanos) {
		record(this.timeouts, destination, "timeout", nanos);
	}

	private void record(Map<String, Timer> timers, NamedDestination destination, String outcome, long nanos) {
		timers.computeIfAbsent(destination.name(), (name) -> timer(destination, outcome))
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void late(Broker broker) {
		this.late
			.computeIfAbsent(broker.name(),
					(name) -> Counter.builder("messaging.replies.late")
						.description("Replies for which nobody waited any more")
						.tags(MeterTags.of(name, MeterTags.NONE, null, null))
						.register(this.registry))
			.increment();
	}

	private Timer timer(NamedDestination destination, String outcome) {
		return Timer.builder("messaging.request")
			.description("Time until there is a reply to a request")
			.tags(MeterTags.of(destination).and("outcome", outcome))
			.register(this.registry);
	}

}
