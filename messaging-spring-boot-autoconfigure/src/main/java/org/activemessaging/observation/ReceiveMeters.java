package org.activemessaging.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.receiver.ReceiveListener;
import org.jspecify.annotations.Nullable;

/**
 * Meters of receives: {@code messaging.receive}, and {@code messaging.wait} and
 * {@code messaging.dead.letters} of their messages, with no processor.
 *
 * @since 0.1.0
 */
public final class ReceiveMeters implements ReceiveListener {

	private final Map<Source, Meters> meters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	/**
	 * Creates the meters.
	 * @param registry where they are
	 */
	public ReceiveMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void ended(NamedDestination destination, @Nullable String group, long nanos, boolean handled,
			@Nullable Throwable failure) {
		Meters meters = meters(destination, group);
		Timer timer = (failure != null) ? meters.failure : handled ? meters.success : meters.empty;
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void done(NamedDestination destination, @Nullable String group, long waitMillis) {
		if (waitMillis >= 0) {
			meters(destination, group).wait.record(waitMillis, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void deadLettered(DeadLetter letter) {
		DeliveryMeters.deadLetters(this.registry, MeterTags.of(letter.destination(), letter.group()), letter)
			.increment();
	}

	private Meters meters(NamedDestination destination, @Nullable String group) {
		return this.meters.computeIfAbsent(new Source(destination.name(), group),
				(source) -> new Meters(this.registry, MeterTags.of(destination, group)));
	}

	/**
	 * Where messages are received from.
	 */
	private record Source(String destination, @Nullable String group) {
	}

	/**
	 * The meters of one source, looked up once.
	 */
	private static final class Meters {

		private final Timer success;

		private final Timer empty;

		private final Timer failure;

		private final Timer wait;

		Meters(MeterRegistry registry, Tags tags) {
			this.success = receive(registry, tags.and("outcome", "success"));
			this.empty = receive(registry, tags.and("outcome", "empty"));
			this.failure = receive(registry, tags.and("outcome", "failure"));
			this.wait = DeliveryMeters.wait(registry, tags);
		}

		private static Timer receive(MeterRegistry registry, Tags tags) {
			return Timer.builder("messaging.receive")
				.description("Time of a call that receives, with the wait for a message and its handler")
				.tags(tags)
				.register(registry);
		}

	}

}
