package org.activemessaging.filter;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

/**
 * A filter and what it is for.
 *
 * @param name what people call it: the name of its bean
 * @param filter the filter
 * @param order its place, as Spring's {@code @Order} counts
 * @param directions the directions it is called in
 * @param only the destinations for which alone it is called, or empty for all
 * @param except the destinations for which it is not called
 * @since 0.1.0
 */
public record ScopedFilter(String name, MessageFilter filter, int order, Set<Direction> directions, Set<String> only,
		Set<String> except) {

	/**
	 * Creates a filter that is named after its class and has no place of its own.
	 * @param filter the filter
	 * @param directions the directions it is called in
	 * @param only the destinations for which alone it is called, or empty for all
	 * @param except the destinations for which it is not called
	 */
	public ScopedFilter(MessageFilter filter, Set<Direction> directions, Set<String> only, Set<String> except) {
		this(filter.getClass().getSimpleName(), filter, Ordered.LOWEST_PRECEDENCE, directions, only, except);
	}

	/**
	 * Creates a scoped filter as an annotation says.
	 * @param name what people call it
	 * @param filter the filter
	 * @param order its place
	 * @param scope the annotation, or {@code null} if there is none
	 * @return the scoped filter
	 */
	public static ScopedFilter of(String name, MessageFilter filter, int order, @Nullable FilterFor scope) {
		return (scope == null) ? new ScopedFilter(name, filter, order, Set.of(Direction.values()), Set.of(), Set.of())
				: new ScopedFilter(name, filter, order, Set.of(scope.direction()), Set.of(scope.only()),
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
