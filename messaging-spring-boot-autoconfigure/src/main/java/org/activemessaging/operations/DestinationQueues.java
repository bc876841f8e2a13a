package org.activemessaging.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.activemessaging.broker.Address;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.processor.ProcessorRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Knows the queues that destinations are consumed from.
 *
 * @since 0.1.0
 */
public final class DestinationQueues {

	private final NamedDestinations destinations;

	private final ProcessorRegistry processors;

	/**
	 * Creates what knows them.
	 * @param destinations the destinations
	 * @param processors the processors, by which groups are known
	 */
	public DestinationQueues(NamedDestinations destinations, ProcessorRegistry processors) {
		this.destinations = destinations;
		this.processors = processors;
	}

	/**
	 * Finds a declared destination.
	 * @param name its logical name
	 * @throws UnknownNameException if there is none
	 */
	NamedDestination destination(String name) {
		List<NamedDestination> all = this.destinations.all();
		return all.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new UnknownNameException(name, all.stream().map(NamedDestination::name).toList()));
	}

	/**
	 * Finds a queue of a declared destination.
	 * @param destination the logical name of the destination
	 * @param group the group, not needed where there is one queue
	 * @throws UnknownNameException if there is no such destination or group
	 * @throws IllegalArgumentException if the destination has no queues, or several and
	 * none is named
	 */
	QueueRef find(String destination, @Nullable String group) {
		NamedDestination found = destination(destination);
		List<QueueRef> queues = new ArrayList<>();
		of(found).forEach((source, owner) -> queues.add(new QueueRef(found, owner, source)));
		if (queues.isEmpty()) {
			throw new IllegalArgumentException("Destination '" + destination + "' keeps no messages: it is a "
					+ found.type().label() + ((found.type() == DestinationType.TOPIC) ? "" : " without groups"));
		}
		List<String> groups = queues.stream().map(QueueRef::group).filter(Objects::nonNull).toList();
		if (group == null && queues.size() > 1) {
			throw new IllegalArgumentException(
					"Destination '" + destination + "' has a queue for each group; say which 'group': " + groups);
		}
		return queues.stream()
			.filter((queue) -> group == null || group.equals(queue.group()))
			.findFirst()
			.orElseThrow(() -> new UnknownNameException(String.valueOf(group), groups));
	}

	/**
	 * Returns the queues of a destination.
	 * @param destination the destination
	 * @return the group of each queue, {@code null} if the destination is a queue itself;
	 * no queues of a plain topic
	 */
	public Map<Address, @Nullable String> of(NamedDestination destination) {
		Map<Address, @Nullable String> queues = new LinkedHashMap<>();
		if (destination.type() == DestinationType.QUEUE) {
			queues.put(destination.publishAddress(), null);
		}
		else if (destination.type() == DestinationType.VIRTUAL_TOPIC) {
			this.processors.groupsOf(destination)
				.forEach((group) -> queues.put(destination.subscribeAddress(group), group));
		}
		return queues;
	}

}
