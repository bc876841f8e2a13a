package org.activemessaging.observation;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.operations.DestinationView;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.OutboxView;
import org.activemessaging.operations.ProcessorView;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of queues and processors. They show what was sampled last, and {@code NaN} where
 * nobody knows; a scrape never waits for a broker.
 *
 * @since 0.1.0
 */
public final class MessagingGauges implements MeterBinder {

	private final MessagingOperations operations;

	/**
	 * Creates the gauges.
	 * @param operations what knows the numbers
	 */
	public MessagingGauges(MessagingOperations operations) {
		this.operations = operations;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindOutbox(registry, this.operations.brokers().keySet());
		Map<String, DestinationView> destinations = this.operations.destinations();
		destinations.forEach((name, destination) -> destination.queues().forEach((queue) -> {
			Tags tags = MeterTags.of(destination.broker(), name, queue.group(), null);
			bind(registry, "messaging.queue.depth", "Messages in a queue", null, tags,
					() -> depth(destination.broker(), queue.name()));
			bind(registry, "messaging.queue.oldest.age", "Age of the oldest message in a queue", "seconds", tags,
					() -> oldestAge(destination.broker(), queue.name()));
			bind(registry, "messaging.dead.letter.depth", "Messages in a dead-letter queue", null, tags,
					() -> depth(destination.broker(), queue.deadLetters().name()));
		}));
		this.operations.processors().forEach((id, processor) -> {
			DestinationView destination = Objects.requireNonNull(destinations.get(processor.destination()));
			Tags tags = MeterTags.of(destination.broker(), processor.destination(), processor.group(), id);
			bind(registry, "messaging.in.flight", "Messages that are being processed", null, tags,
					() -> processor(id, ProcessorView::inFlight));
			bind(registry, "messaging.concurrency", "Consumers of a processor", null, tags,
					() -> processor(id, (view) -> view.concurrency().active()));
			bind(registry, "messaging.window", "Messages that a consumer handles in one transaction at most", null,
					tags, () -> processor(id, ProcessorView::window));
		});
	}

	// There may be views of further brokers later; these are of brokers that are gone.
	private void bindOutbox(MeterRegistry registry, Set<String> brokers) {
		if (this.operations.outbox() != null) {
			for (String broker : brokers) {
				Tags tags = MeterTags.of(broker, MeterTags.NONE, null, null);
				bind(registry, "messaging.outbox.depth", "Messages in the outbox", null, tags,
						() -> outbox(broker, OutboxView::pending));
				bind(registry, "messaging.outbox.failed", "Messages in the outbox that are not tried again", null, tags,
						() -> outbox(broker, OutboxView::failed));
			}
		}
	}

	private double outbox(String broker, ToDoubleFunction<OutboxView> value) {
		Map<String, OutboxView> views = this.operations.outbox();
		OutboxView view = (views != null) ? views.get(broker) : null;
		return (view != null) ? value.applyAsDouble(view) : Double.NaN;
	}

	private static void bind(MeterRegistry registry, String name, String description, @Nullable String unit, Tags tags,
			DoubleSupplier value) {
		Gauge.builder(name, value::getAsDouble).description(description).baseUnit(unit).tags(tags).register(registry);
	}

	private double depth(String broker, String queue) {
		QueueSample sample = this.operations.sample(broker, queue);
		Long depth = (sample != null) ? sample.depth() : null;
		return (depth != null) ? depth : Double.NaN;
	}

	private double oldestAge(String broker, String queue) {
		QueueSample sample = this.operations.sample(broker, queue);
		Duration age = (sample != null) ? sample.oldestAge() : null;
		return (age != null) ? age.toMillis() / 1000.0 : Double.NaN;
	}

	private double processor(String id, ToDoubleFunction<ProcessorView> value) {
		ProcessorView view = this.operations.processor(id);
		return (view != null) ? value.applyAsDouble(view) : Double.NaN;
	}

}
