package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.destination.UnknownDestinationException;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.ScopedFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Reads what filters are for, from their classes or the methods that make them.
 */
final class FilterScopes {

	private final ConfigurableListableBeanFactory beanFactory;

	private final List<String> destinations;

	FilterScopes(ConfigurableListableBeanFactory beanFactory, NamedDestinations destinations) {
		this.beanFactory = beanFactory;
		this.destinations = destinations.all().stream().map(NamedDestination::name).toList();
	}

	List<ScopedFilter> of(ObjectProvider<MessageFilter> filters) {
		Map<MessageFilter, String> names = new IdentityHashMap<>();
		this.beanFactory.getBeansOfType(MessageFilter.class).forEach((name, filter) -> names.put(filter, name));
		List<ScopedFilter> result = new ArrayList<>();
		filters.orderedStream().forEach((filter) -> result.add(scoped(filter, names.get(filter))));
		return result;
	}

	private ScopedFilter scoped(MessageFilter filter, @Nullable String beanName) {
		FilterFor scope = (beanName != null) ? this.beanFactory.findAnnotationOnBean(beanName, FilterFor.class) : null;
		if (scope != null) {
			Stream.concat(Arrays.stream(scope.only()), Arrays.stream(scope.except()))
				.filter((destination) -> !this.destinations.contains(destination))
				.findFirst()
				.ifPresent((destination) -> {
					throw new UnknownDestinationException(destination, "@FilterFor of the filter '" + beanName + "'",
							this.destinations);
				});
		}
		return ScopedFilter.of((beanName != null) ? beanName : filter.getClass().getName(), filter, scope);
	}

}
