package org.activemessaging.deadletter;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * The ways from queues to their dead-letter queues. A dead letter that comes back to
 * where it was given up would go round for ever.
 *
 * @since 0.1.0
 */
public final class DeadLetterPaths {

	private final Map<Place, Place> next = new LinkedHashMap<>();

	/**
	 * Adds the way from a queue.
	 * @param destination the destination
	 * @param source the address that its messages are consumed from
	 */
	public void add(NamedDestination destination, Address source) {
		String broker = destination.broker().name();
		this.next.put(new Place(broker, source), new Place(broker, destination.deadLetterAddress(source)));
	}

	/**
	 * Checks that no way leads back to its beginning.
	 * @throws MessagingConfigurationException if one does
	 */
	public void check() {
		for (Place start : this.next.keySet()) {
			Set<Place> seen = new HashSet<>();
			Place place = start;
			while (place != null && seen.add(place)) {
				place = next(place);
			}
			if (place != null && (start.equals(place) || start.standsFor(place))) {
				throw new MessagingConfigurationException(
						"The dead letters of " + start.address()
								+ " lead back to it by 'messaging.destination.<name>.dead-letter-queue'.",
						"Give one of the destinations on the way another 'dead-letter-queue'.");
			}
		}
	}

	private @Nullable Place next(Place place) {
		Place next = this.next.get(place);
		return (next != null) ? next
				: this.next.entrySet()
					.stream()
					.filter((entry) -> entry.getKey().standsFor(place))
					.map(Map.Entry::getValue)
					.findFirst()
					.orElse(null);
	}

	/**
	 * An address of a broker.
	 *
	 * @param broker the name of the broker
	 * @param address the address
	 */
	private record Place(String broker, Address address) {

		boolean standsFor(Place other) {
			String name = this.address.name();
			return NamePattern.isPattern(name) && !this.address.topic() && !other.address.topic()
					&& this.broker.equals(other.broker) && NamePattern.of(name).matches(other.address.name());
		}

	}

}
