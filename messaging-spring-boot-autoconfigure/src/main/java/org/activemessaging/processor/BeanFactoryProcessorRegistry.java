package org.activemessaging.processor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.activemessaging.MessagePublisher;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds processors among the beans.
 *
 * @since 0.1.0
 */
public final class BeanFactoryProcessorRegistry implements ProcessorRegistry {

	private final ConfigurableListableBeanFactory beanFactory;

	private final NamedDestinations destinations;

	private final AttributeResolver attributes;

	private final ProcessorMethods methods;

	private final String defaultGroup;

	private @Nullable List<Subscription> subscriptions;

	private @Nullable List<ProcessorDefinition> definitions;

	/**
	 * Creates a registry that looks for processors when it is first asked.
	 * @param beanFactory where the beans are
	 * @param destinations the destinations they may subscribe to
	 * @param methodFactory what makes their methods callable
	 * @param publisher what publishes their results, asked for with the first one
	 * @param defaultGroup the consumer group of those that name none
	 */
	public BeanFactoryProcessorRegistry(ConfigurableListableBeanFactory beanFactory, NamedDestinations destinations,
			ProcessorMethodFactory methodFactory, Supplier<MessagePublisher> publisher, String defaultGroup) {
		this.beanFactory = beanFactory;
		this.destinations = destinations;
		this.attributes = new AttributeResolver(beanFactory);
		this.methods = new ProcessorMethods(beanFactory, destinations, methodFactory, publisher, this.attributes);
		this.defaultGroup = defaultGroup;
	}

	@Override
	public synchronized List<ProcessorDefinition> all() {
		if (this.definitions == null) {
			this.definitions = find();
		}
		return this.definitions;
	}

	// Reads annotations only: a bean that is just being made may publish, and for that
	// the groups have to be known.
	@Override
	public Set<String> groupsOf(NamedDestination destination) {
		Set<String> groups = new LinkedHashSet<>(destination.groups());
		for (Subscription subscription : subscriptions()) {
			if (destination(subscription).equals(destination)) {
				String group = group(subscription, destination);
				if (group != null) {
					groups.add(group);
				}
			}
		}
		return groups;
	}

	@Override
	public Set<NamedDestination> destinations() {
		return subscriptions().stream().map(this::destination).collect(Collectors.toSet());
	}

	private synchronized List<Subscription> subscriptions() {
		if (this.subscriptions == null) {
			this.subscriptions = new SubscriptionFinder(this.beanFactory).find();
		}
		return this.subscriptions;
	}

	private List<ProcessorDefinition> find() {
		Map<String, ProcessorDefinition> byId = new TreeMap<>();
		for (Subscription subscription : subscriptions()) {
			ProcessorDefinition definition = define(subscription);
			ProcessorDefinition other = byId.putIfAbsent(definition.id(), definition);
			if (other != null) {
				throw new InvalidProcessorException(
						"Two processors have the id '" + definition.id() + "': " + other.method().describe() + " and "
								+ definition.method().describe() + ".",
						"Give one of them another id, by the attribute 'id' of @SubscribesTo.", null);
			}
		}
		return List.copyOf(byId.values());
	}

	private ProcessorDefinition define(Subscription subscription) {
		NamedDestination destination = destination(subscription);
		String id = resolve(subscription.annotation().id(), subscription);
		if (id == null) {
			id = subscription.baseId() + (subscription.repeated() ? "." + destination.name() : "");
		}
		return new ProcessorDefinition(id, destination, group(subscription, destination),
				resolve(subscription.annotation().selector(), subscription),
				resolve(subscription.annotation().subscription(), subscription),
				resolve(subscription.annotation().concurrency(), subscription),
				resolve(subscription.annotation().acknowledge(), subscription),
				flag("autoStartup", subscription.annotation().autoStartup(), subscription),
				resolve(subscription.annotation().rate(), subscription),
				resolve(subscription.annotation().clusterConcurrency(), subscription),
				flag("idempotent", subscription.annotation().idempotent(), subscription),
				new RuleFinder((value) -> resolve(value, subscription)).of(subscription),
				this.methods.of(subscription, destination));
	}

	private NamedDestination destination(Subscription subscription) {
		String name = resolve(subscription.annotation().value(), subscription);
		return this.destinations.get(String.valueOf(name), "@SubscribesTo of " + subscription.describe());
	}

	private @Nullable String group(Subscription subscription, NamedDestination destination) {
		String group = resolve(subscription.annotation().group(), subscription);
		if (destination.type() != DestinationType.VIRTUAL_TOPIC) {
			if (group != null) {
				throw new InvalidProcessorException(
						"@SubscribesTo of " + subscription.describe() + " names the group '" + group
								+ "', but the destination '" + destination.name() + "' is a "
								+ destination.type().label() + ", which has no groups.",
						"Remove the group, or declare the destination as 'messaging.destination." + destination.name()
								+ ".virtual-topic'.",
						null);
			}
			return null;
		}
		String effective = (group != null) ? group : this.defaultGroup;
		if (!NamedDestination.isGroupName(effective)) {
			throw new InvalidProcessorException(
					"The group '" + effective + "' of " + subscription.describe()
							+ " is not a valid name: letters, digits, '-' and '_' are allowed.",
					"Correct the attribute 'group' of @SubscribesTo, or 'messaging.group'.", null);
		}
		return effective;
	}

	private @Nullable Boolean flag(String attribute, String text, Subscription subscription) {
		String value = resolve(text, subscription);
		if (value == null || value.equals("true") || value.equals("false")) {
			return (value != null) ? Boolean.valueOf(value) : null;
		}
		throw new InvalidProcessorException("The attribute '" + attribute + "' of @SubscribesTo of "
				+ subscription.describe() + " is '" + value + "', but it can be 'true' or 'false' only.",
				"Correct the attribute.", null);
	}

	private @Nullable String resolve(String value, Subscription subscription) {
		return this.attributes.resolve(value, "@SubscribesTo of " + subscription.describe());
	}

}
