package org.activemessaging.broker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Brokers in a map.
 */
final class DefaultBrokers implements Brokers {

	private final Map<String, Broker> brokers = new LinkedHashMap<>();

	private final @Nullable Broker defaultBroker;

	private final Runnable onClose;

	DefaultBrokers(Collection<Broker> brokers, @Nullable String defaultBroker, Runnable onClose) {
		brokers.forEach((broker) -> this.brokers.put(broker.name(), broker));
		this.defaultBroker = (defaultBroker != null) ? get(defaultBroker) : null;
		this.onClose = onClose;
	}

	@Override
	public Broker get(String name) {
		Broker broker = this.brokers.get(name);
		if (broker == null) {
			throw new UnknownBrokerException(name, "the application", this.brokers.keySet());
		}
		return broker;
	}

	@Override
	public @Nullable Broker getDefault() {
		return this.defaultBroker;
	}

	@Override
	public List<Broker> all() {
		return List.copyOf(this.brokers.values());
	}

	@Override
	public void close() {
		this.brokers.values().forEach(Broker::close);
		this.onClose.run();
	}

}
