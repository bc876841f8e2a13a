package org.activemessaging.filter;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A filter and what it is for.
 *
 * @param filter the filter
 * @param directions the directions it is called in
 * @param only the destinations for which alone it is called, or empty for all
 * @param except the destinations for which it is not called
 * @since 0.1.0
 */
public record ScopedFilter(MessageFilter filter, Set<Direction> directions, Set<String> only, Set<String> except) {

	/**
	 * Creates a scoped filter as an annotation says.
	 * @param filter the filter
	 * @param scope the annotation, or {@code null} if there is none
	 * @return the scoped filter
	 */
	public static ScopedFilter of(MessageFilter filter, @Nullable FilterFor scope) {
		return (scope == null) ? new ScopedFilter(filter, Set.of(Direction.values()), Set.of(), Set.of())
				: new ScopedFilter(filter, Set.of(scope.direction()), Set.of(scope.only()), Set.of(scope.except()));
	}

	boolean concerns(Routing routing) {
		String destination = routing.destination().name();
		return this.directions.contains(routing.direction()) && (this.only.isEmpty() || this.only.contains(destination))
				&& !this.except.contains(destination);
	}

}
