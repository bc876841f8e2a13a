package org.activemessaging.publisher;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;

/**
 * The connections to brokers, each made when something is published to its broker.
 *
 * @since 0.1.0
 */
public final class PublisherConnections implements AutoCloseable {

	private final Map<String, PublisherConnection> connections = new ConcurrentHashMap<>();

	private final Function<NamedDestination, List<Address>> groupQueues;

	private final ToIntFunction<Broker> maxInFlight;

	private final PublishEvents events;

	/**
	 * Creates the connections, of which none is opened yet.
	 * @param groupQueues the queues that must exist before a destination is published to
	 * @param maxInFlight how many messages may be on their way to a broker without
	 * anybody waiting for them
	 * @param events who is told what is sent together, and what again
	 */
	public PublisherConnections(Function<NamedDestination, List<Address>> groupQueues,
			ToIntFunction<Broker> maxInFlight, PublishEvents events) {
		this.groupQueues = groupQueues;
		this.maxInFlight = maxInFlight;
		this.events = events;
	}

	PublisherConnection to(Broker broker) {
		PublisherConnection connection = this.connections.get(broker.name());
		return (connection != null) ? connection
				: this.connections.computeIfAbsent(broker.name(),
						(name) -> new PublisherConnection(broker, this.groupQueues, this.maxInFlight.applyAsInt(broker),
								(count) -> this.events.sentTogether(broker, count), this.events::sentAgain));
	}

	@Override
	public void close() {
		this.connections.values().forEach(PublisherConnection::close);
	}

}
