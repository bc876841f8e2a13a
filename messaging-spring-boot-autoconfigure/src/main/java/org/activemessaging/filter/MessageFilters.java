package org.activemessaging.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.activemessaging.StopFilterException;

/**
 * All filters in their order. Makes, once for each routing, the chain of those that
 * concern it.
 *
 * @since 0.1.0
 */
public final class MessageFilters {

	private final List<ScopedFilter> filters;

	private final List<ScopedFilter> codings;

	/**
	 * Creates the ordered list.
	 * @param filters the filters, the outermost first
	 */
	public MessageFilters(List<ScopedFilter> filters) {
		this(filters, List.of());
	}

	/**
	 * Creates the ordered list.
	 * @param filters the filters, the outermost first
	 * @param codings filters that make the form of a message on the wire, and undo it:
	 * the one next to the broker first. Inbound they come before all others, outbound
	 * after them in the opposite order, so that what was done last is undone first
	 */
	public MessageFilters(List<ScopedFilter> filters, List<ScopedFilter> codings) {
		this.filters = List.copyOf(filters);
		this.codings = List.copyOf(codings);
	}

	/**
	 * Returns the filters that are called in a direction, whatever destination they are
	 * for.
	 * @param direction the direction
	 * @return the filters in the order in which they are called
	 */
	public List<ScopedFilter> in(Direction direction) {
		return around(direction).stream().filter((filter) -> filter.directions().contains(direction)).toList();
	}

	/**
	 * Returns all filters in the order that they have in a direction, also those that are
	 * for the other one; of those that make the form on the wire, those of the direction.
	 * @param direction the direction
	 * @return the filters
	 */
	public List<ScopedFilter> around(Direction direction) {
		List<ScopedFilter> around = new ArrayList<>(
				this.codings.stream().filter((coding) -> coding.directions().contains(direction)).toList());
		if (direction == Direction.OUTBOUND) {
			Collections.reverse(around);
			around.addAll(0, this.filters);
		}
		else {
			around.addAll(this.filters);
		}
		return around;
	}

	/**
	 * Returns the chain of filters for a routing.
	 * @param routing where the messages come from or go to
	 * @param end what is called with a message that passes all filters
	 * @return the chain, safe for use by many threads
	 */
	public FilterChain chain(Routing routing, FilterChain end) {
		List<ScopedFilter> concerned = new ArrayList<>(
				around(routing.direction()).stream().filter((filter) -> filter.concerns(routing)).toList());
		if (concerned.isEmpty()) {
			return end;
		}
		Collections.reverse(concerned);
		FilterChain chain = end;
		for (ScopedFilter scoped : concerned) {
			FilterChain next = chain;
			MessageFilter filter = scoped.filter();
			chain = (message) -> filter.filter(message, routing, next);
		}
		FilterChain first = chain;
		return (message) -> {
			try {
				first.proceed(message);
			}
			catch (StopFilterException ex) {
				// Stopped, as if the filter had not proceeded.
			}
		};
	}

}
