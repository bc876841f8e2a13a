package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.autoconfigure.FilterProperties.FilterBeanProperties;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.ScopedFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.annotation.OrderUtils;

/**
 * Reads what filters are for: from their classes or the methods that make them, and from
 * the configuration, which wins.
 */
final class FilterScopes {

	private static final FilterBeanProperties NOTHING = new FilterBeanProperties(true, null, null, null, null);

	private final ConfigurableListableBeanFactory beanFactory;

	private final NamedDestinations destinations;

	private final Map<String, FilterBeanProperties> configured;

	FilterScopes(ConfigurableListableBeanFactory beanFactory, NamedDestinations destinations,
			Map<String, FilterBeanProperties> configured) {
		this.beanFactory = beanFactory;
		this.destinations = destinations;
		this.configured = configured;
	}

	List<ScopedFilter> of(ObjectProvider<MessageFilter> filters) {
		Map<MessageFilter, String> names = new IdentityHashMap<>();
		this.beanFactory.getBeansOfType(MessageFilter.class).forEach((name, filter) -> names.put(filter, name));
		Map<String, FilterBeanProperties> configured = configured(names.values());
		List<ScopedFilter> result = new ArrayList<>();
		boolean reordered = false;
		for (MessageFilter filter : filters.orderedStream().toList()) {
			String name = names.getOrDefault(filter, filter.getClass().getSimpleName());
			FilterBeanProperties properties = configured.getOrDefault(name, NOTHING);
			if (properties.enabled()) {
				result.add(scoped(name, filter, properties));
				reordered |= properties.order() != null;
			}
		}
		if (reordered) {
			result.sort(Comparator.comparingInt(ScopedFilter::order));
		}
		return result;
	}

	// By the name of the bean; an environment variable can hold neither case nor dashes.
	private Map<String, FilterBeanProperties> configured(Collection<String> beanNames) {
		Map<String, String> known = new TreeMap<>();
		beanNames.forEach((name) -> known.put(uniform(name), name));
		Map<String, FilterBeanProperties> result = new TreeMap<>();
		this.configured.forEach((key, properties) -> {
			String name = known.get(uniform(key));
			if (name == null) {
				List<String> keys = beanNames.stream().map(FilterScopes::dashed).toList();
				throw new MessagingConfigurationException(
						"The property 'messaging.filter.bean." + key + "' is about a filter that does not exist: no"
								+ " bean of type MessageFilter has that name." + NearestMatch.describe(key, keys),
						"Correct the name, or remove 'messaging.filter.bean." + key + "'.");
			}
			result.put(name, properties);
		});
		return result;
	}

	private ScopedFilter scoped(String name, MessageFilter filter, FilterBeanProperties properties) {
		FilterFor scope = annotation(name, FilterFor.class);
		if (scope != null) {
			String where = "@FilterFor of the filter '" + name + "'";
			check(List.of(scope.only()), where);
			check(List.of(scope.except()), where);
		}
		if (properties.direction() != null && properties.direction().isEmpty()) {
			throw new MessagingConfigurationException(
					"The property 'messaging.filter.bean." + dashed(name) + ".direction' is empty.",
					"Set the direction to 'inbound', 'outbound' or both, or set 'messaging.filter.bean." + dashed(name)
							+ ".enabled' to 'false'.");
		}
		ScopedFilter declared = ScopedFilter.of(name, filter, order(name, filter, properties), scope);
		String prefix = "'messaging.filter.bean." + dashed(name);
		return new ScopedFilter(name, filter, declared.order(),
				(properties.direction() != null) ? properties.direction() : declared.directions(),
				configured(properties.only(), declared.only(), prefix + ".only'"),
				configured(properties.except(), declared.except(), prefix + ".except'"));
	}

	private Set<String> configured(@Nullable List<String> configured, Set<String> declared, String where) {
		if (configured == null) {
			return declared;
		}
		check(configured, where);
		return Set.copyOf(configured);
	}

	private void check(List<String> names, String where) {
		names.forEach((name) -> this.destinations.get(name, where));
	}

	private int order(String name, MessageFilter filter, FilterBeanProperties properties) {
		if (properties.order() != null) {
			return properties.order();
		}
		Order order = annotation(name, Order.class);
		if (order != null) {
			return order.value();
		}
		return (filter instanceof Ordered ordered) ? ordered.getOrder()
				: OrderUtils.getOrder(filter.getClass(), Ordered.LOWEST_PRECEDENCE);
	}

	private <A extends java.lang.annotation.Annotation> @Nullable A annotation(String name, Class<A> type) {
		return this.beanFactory.containsBean(name) ? this.beanFactory.findAnnotationOnBean(name, type) : null;
	}

	static boolean isKeyOf(String key, String beanName) {
		return uniform(key).equals(uniform(beanName));
	}

	private static String uniform(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	private static String dashed(String name) {
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

}
