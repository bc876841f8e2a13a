package org.activemessaging.operations.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.activemessaging.destination.NamedDestination;
import org.activemessaging.publisher.PublishListener;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where this application has published to since its start. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class PublishedDestinations implements PublishListener {

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	@Override
	public void published(NamedDestination destination, long nanos, @Nullable Throwable failure) {
		if (failure == null) {
			LongAdder count = this.counts.get(destination.name());
			if (count == null) {
				count = this.counts.computeIfAbsent(destination.name(), (name) -> new LongAdder());
			}
			count.increment();
		}
	}

	/**
	 * Returns how many messages were published.
	 * @param destination the logical name of a destination
	 * @return how many since the start; 0 if none
	 */
	public long count(String destination) {
		LongAdder count = this.counts.get(destination);
		return (count != null) ? count.sum() : 0;
	}

}
