package org.activemessaging.observation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Meters of what becomes of messages: {@code messaging.process}, {@code messaging.wait},
 * {@code messaging.redeliveries}, {@code messaging.duplicates},
 * {@code messaging.discarded} and {@code messaging.dead.letters}. The tags are names from
 * the configuration and class names of exceptions, never anything from a message.
 *
 * @since 0.1.0
 */
public final class DeliveryMeters implements DeliveryListener {

	private final Map<String, Meters> meters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	/**
	 * Creates the meters.
	 * @param registry where they are
	 */
	public DeliveryMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void processed(ProcessorDefinition processor, long nanos, long waitMillis) {
		Meters meters = meters(processor);
		meters.success.record(nanos, TimeUnit.NANOSECONDS);
		if (waitMillis >= 0) {
			meters.wait.record(waitMillis, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void failed(ProcessorDefinition processor, long nanos, Throwable failure) {
		meters(processor).failure.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void redelivered(ProcessorDefinition processor, Duration delay) {
		meters(processor).redeliveries.increment();
	}

	@Override
	public void deadLettered(ProcessorDefinition processor, DeadLetter letter) {
		deadLetters(this.registry, MeterTags.of(processor), letter).increment();
	}

	static Counter deadLetters(MeterRegistry registry, Tags tags, DeadLetter letter) {
		return Counter.builder("messaging.dead.letters")
			.description("Messages that were given up")
			.tags(tags.and("exception", letter.failure().getClass().getSimpleName()))
			.register(registry);
	}

	static Timer wait(MeterRegistry registry, Tags tags) {
		return Timer.builder("messaging.wait")
			.description("Time from sent to received, by the clocks of both sides")
			.tags(tags)
			.register(registry);
	}

	@Override
	public void discarded(ProcessorDefinition processor, Throwable failure) {
		Counter.builder("messaging.discarded")
			.description("Messages that a rule of redelivery has discarded")
			.tags(MeterTags.of(processor).and("exception", failure.getClass().getSimpleName()))
			.register(this.registry)
			.increment();
	}

	@Override
	public void duplicate(ProcessorDefinition processor) {
		meters(processor).duplicates.increment();
	}

	private Meters meters(ProcessorDefinition processor) {
		@Nullable Meters meters = this.meters.get(processor.id());
		return (meters != null) ? meters
				: this.meters.computeIfAbsent(processor.id(), (id) -> new Meters(this.registry, processor));
	}

	/**
	 * The meters of one processor, looked up once.
	 */
	private static final class Meters {

		private final Timer success;

		private final Timer failure;

		private final Timer wait;

		private final Counter redeliveries;

		private final Counter duplicates;

		Meters(MeterRegistry registry, ProcessorDefinition processor) {
			Tags tags = MeterTags.of(processor);
			this.success = process(registry, tags.and("outcome", "success"));
			this.failure = process(registry, tags.and("outcome", "failure"));
			this.wait = DeliveryMeters.wait(registry, tags);
			this.redeliveries = Counter.builder("messaging.redeliveries")
				.description("Further tries of messages")
				.tags(tags)
				.register(registry);
			this.duplicates = Counter.builder("messaging.duplicates")
				.description("Messages that an idempotent processor skipped")
				.tags(tags)
				.register(registry);
		}

		private static Timer process(MeterRegistry registry, Tags tags) {
			return Timer.builder("messaging.process")
				.description("Time that a processor takes for one try of a message")
				.tags(tags)
				.register(registry);
		}

	}

}
