package org.activemessaging.filter;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A filter and what it is for.
 *
 * @param name the name of its bean
 * @param filter the filter
 * @param directions the directions it is called in
 * @param only the destinations for which alone it is called, or empty for all
 * @param except the destinations for which it is not called
 * @since 0.1.0
 */
public record ScopedFilter(String name, MessageFilter filter, Set<Direction> directions, Set<String> only,
		Set<String> except) {

	/**
	 * Creates a scoped filter as an annotation says.
	 * @param name the name of its bean
	 * @param filter the filter
	 * @param scope the annotation, or {@code null} if there is none
	 * @return the scoped filter
	 */
	public static ScopedFilter of(String name, MessageFilter filter, @Nullable FilterFor scope) {
		return (scope == null) ? new ScopedFilter(name, filter, Set.of(Direction.values()), Set.of(), Set.of())
				: new ScopedFilter(name, filter, Set.of(scope.direction()), Set.of(scope.only()),
						Set.of(scope.except()));
	}

	/**
	 * Tells whether the filter is called.
	 * @param routing where the messages come from or go to
	 * @return whether direction and destination are those it is for
	 */
	public boolean concerns(Routing routing) {
		String destination = routing.destination().name();
		return this.directions.contains(routing.direction()) && (this.only.isEmpty() || this.only.contains(destination))
				&& !this.except.contains(destination);
	}

}
