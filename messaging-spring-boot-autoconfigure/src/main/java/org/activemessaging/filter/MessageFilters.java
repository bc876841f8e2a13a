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

	/**
	 * Creates the ordered list.
	 * @param filters the filters, the outermost first
	 */
	public MessageFilters(List<ScopedFilter> filters) {
		this.filters = List.copyOf(filters);
	}

	/**
	 * Returns all filters.
	 * @return the filters, the outermost first
	 */
	public List<ScopedFilter> all() {
		return this.filters;
	}

	/**
	 * Returns the chain of filters for a routing.
	 * @param routing where the messages come from or go to
	 * @param end what is called with a message that passes all filters
	 * @return the chain, safe for use by many threads
	 */
	public FilterChain chain(Routing routing, FilterChain end) {
		List<ScopedFilter> concerned = new ArrayList<>(
				this.filters.stream().filter((filter) -> filter.concerns(routing)).toList());
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
