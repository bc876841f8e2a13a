package org.activemessaging.listener;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.processor.ProcessorRegistry;

/**
 * Refuses that a group consumes a virtual topic by two destinations, one of which has a
 * wildcard. Each would have a queue of its own with a copy of the message, and on some
 * brokers the consumer of the wildcard would be handed both.
 */
final class GroupOverlaps {

	private final ProcessorRegistry processors;

	GroupOverlaps(ProcessorRegistry processors) {
		this.processors = processors;
	}

	/**
	 * Checks the destinations.
	 * @throws MessagingConfigurationException if a group would be given messages twice
	 */
	void check(NamedDestinations destinations) {
		List<NamedDestination> topics = destinations.all()
			.stream()
			.filter((destination) -> destination.type() == DestinationType.VIRTUAL_TOPIC)
			.toList();
		for (NamedDestination destination : topics) {
			NamePattern pattern = destination.pattern();
			if (pattern != null) {
				topics.stream()
					.filter((other) -> other.broker() == destination.broker())
					.filter((other) -> !other.physicalName().equals(destination.physicalName()))
					.filter((other) -> overlap(pattern, other))
					.forEach((other) -> check(destination, other));
			}
		}
	}

	private static boolean overlap(NamePattern pattern, NamedDestination other) {
		NamePattern second = other.pattern();
		return (second != null) ? pattern.overlaps(second) : pattern.matches(other.physicalName());
	}

	private void check(NamedDestination destination, NamedDestination other) {
		Set<String> both = new TreeSet<>(this.processors.groupsOf(destination));
		both.retainAll(this.processors.groupsOf(other));
		if (!both.isEmpty()) {
			String group = both.iterator().next();
			throw new MessagingConfigurationException(
					"Group '" + group + "' would be given messages twice: it consumes the destination '"
							+ destination.name() + "', which stands for each virtual topic that matches '"
							+ destination.physicalName() + "', and also the destination '" + other.name()
							+ "', virtual topic '" + other.physicalName() + "'.",
					"Consume one of the two in another group (attribute 'group' of @SubscribesTo, or"
							+ " 'messaging.destination." + other.name() + ".groups'), or narrow the pattern.");
		}
	}

}
