package org.activemessaging.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.activemessaging.filter.Direction;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.ScopedFilter;
import org.activemessaging.operations.UnknownNameException;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.ClassUtils;

/**
 * Which filters stand around messages, in the order in which they are called:
 * {@code filters}.
 *
 * @since 0.1.0
 */
public final class FiltersPart implements EndpointPart {

	private final MessageFilters filters;

	/**
	 * Creates the part.
	 * @param filters all filters
	 */
	public FiltersPart(MessageFilters filters) {
		this.filters = filters;
	}

	@Override
	public String name() {
		return "filters";
	}

	@Override
	public WebEndpointResponse<?> read(List<String> path, RequestParameters parameters) {
		if (!path.isEmpty()) {
			throw new UnknownNameException(path.get(0), List.of());
		}
		parameters.allowing();
		Map<String, List<FilterView>> views = new LinkedHashMap<>();
		for (Direction direction : Direction.values()) {
			List<FilterView> called = new ArrayList<>();
			this.filters.in(direction).forEach((filter) -> called.add(FilterView.of(filter)));
			views.put(direction.name().toLowerCase(Locale.ROOT), called);
		}
		return new WebEndpointResponse<>(views);
	}

	/**
	 * A filter.
	 *
	 * @param name the name of its bean
	 * @param type the simple name of its class
	 * @param only the destinations for which alone it is called, or empty for all
	 * @param except the destinations for which it is not called
	 */
	public record FilterView(String name, String type, Set<String> only, Set<String> except) {

		private static FilterView of(ScopedFilter scoped) {
			return new FilterView(scoped.name(), ClassUtils.getShortName(ClassUtils.getUserClass(scoped.filter())),
					new TreeSet<>(scoped.only()), new TreeSet<>(scoped.except()));
		}

	}

}
