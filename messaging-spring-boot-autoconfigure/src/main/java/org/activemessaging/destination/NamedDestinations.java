package org.activemessaging.destination;

import java.util.Collection;
import java.util.List;

/**
 * The destinations of the application by their logical names.
 *
 * @since 0.1.0
 */
public interface NamedDestinations {

	/**
	 * Returns a destination.
	 * @param name its logical name
	 * @return the destination
	 * @throws UnknownDestinationException if there is none of that name
	 */
	NamedDestination get(String name);

	/**
	 * Returns all destinations.
	 * @return the destinations in the order of the configuration
	 */
	List<NamedDestination> all();

	/**
	 * Creates a registry.
	 * @param destinations the destinations
	 * @return the registry
	 */
	static NamedDestinations of(Collection<NamedDestination> destinations) {
		return new DefaultNamedDestinations(destinations);
	}

}
