package org.activemessaging.destination;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Destinations in a map.
 */
final class DefaultNamedDestinations implements NamedDestinations {

	private final Map<String, NamedDestination> destinations = new LinkedHashMap<>();

	DefaultNamedDestinations(Collection<NamedDestination> destinations) {
		destinations.forEach((destination) -> this.destinations.put(destination.name(), destination));
	}

	@Override
	public NamedDestination get(String name, @Nullable String where) {
		NamedDestination destination = this.destinations.get(name);
		if (destination == null) {
			throw new UnknownDestinationException(name, where, this.destinations.keySet());
		}
		return destination;
	}

	@Override
	public List<NamedDestination> all() {
		return List.copyOf(this.destinations.values());
	}

}
