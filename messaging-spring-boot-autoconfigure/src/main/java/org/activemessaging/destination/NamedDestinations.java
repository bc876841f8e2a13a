package org.activemessaging.destination;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
	default NamedDestination get(String name) {
		return get(name, null);
	}

	/**
	 * Returns a destination that something else names.
	 * @param name its logical name
	 * @param where what names it, for example the attribute of an annotation or a
	 * property, or {@code null} if that is the caller
	 * @return the destination
	 * @throws UnknownDestinationException if there is none of that name; it tells where
	 */
	NamedDestination get(String name, @Nullable String where);

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
