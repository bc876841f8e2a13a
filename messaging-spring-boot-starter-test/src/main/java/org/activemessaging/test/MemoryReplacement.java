package org.activemessaging.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.activemessaging.autoconfigure.BrokerReplacement;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.memory.MemoryAdapter;
import org.activemessaging.broker.memory.MemoryBroker;
import org.jspecify.annotations.Nullable;

/**
 * Puts a broker in memory in the place of each one, with names of their own for each
 * application context.
 */
final class MemoryReplacement implements BrokerReplacement, AutoCloseable {

	private static final AtomicInteger contexts = new AtomicInteger();

	private static final Duration RECONNECT = Duration.ofMillis(50);

	private final List<String> names = new CopyOnWriteArrayList<>();

	private final int context = contexts.incrementAndGet();

	private final Set<String> kept;

	private final boolean synchronous;

	MemoryReplacement(Set<String> kept, boolean synchronous) {
		this.kept = Set.copyOf(kept);
		this.synchronous = synchronous;
	}

	@Override
	public @Nullable Broker replace(String name, String application) {
		if (this.kept.contains(name)) {
			return null;
		}
		String memory = "test-" + this.context + "-" + name;
		this.names.add(memory);
		Map<String, String> options = this.synchronous ? Map.of(MemoryAdapter.DELIVERY, MemoryAdapter.SYNCHRONOUS)
				: Map.of();
		BrokerProfile profile = new BrokerProfile(name, application, "memory://" + memory, null, null, null, RECONNECT,
				RECONNECT, Duration.ofSeconds(10), options);
		return Broker.of(profile, new MemoryAdapter());
	}

	@Override
	public void close() {
		this.names.forEach(MemoryBroker::discard);
	}

}
