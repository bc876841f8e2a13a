package org.activemessaging.processor;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.destination.UnknownDestinationException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Finds processors among the beans.
 *
 * @since 0.1.0
 */
public final class BeanFactoryProcessorRegistry implements ProcessorRegistry {

	private final ConfigurableListableBeanFactory beanFactory;

	private final NamedDestinations destinations;

	private final ProcessorMethodFactory methodFactory;

	private final String defaultGroup;

	private @Nullable List<Subscription> subscriptions;

	private @Nullable List<ProcessorDefinition> definitions;

	/**
	 * Creates a registry that looks for processors when it is first asked.
	 * @param beanFactory where the beans are
	 * @param destinations the destinations they may subscribe to
	 * @param methodFactory what makes their methods callable
	 * @param defaultGroup the consumer group of those that name none
	 */
	public BeanFactoryProcessorRegistry(ConfigurableListableBeanFactory beanFactory, NamedDestinations destinations,
			ProcessorMethodFactory methodFactory, String defaultGroup) {
		this.beanFactory = beanFactory;
		this.destinations = destinations;
		this.methodFactory = methodFactory;
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
				resolve(subscription.annotation().concurrency(), subscription),
				resolve(subscription.annotation().acknowledge(), subscription),
				flag("autoStartup", subscription.annotation().autoStartup(), subscription),
				resolve(subscription.annotation().rate(), subscription),
				resolve(subscription.annotation().clusterConcurrency(), subscription),
				flag("idempotent", subscription.annotation().idempotent(), subscription),
				new RuleFinder((value) -> resolve(value, subscription)).of(subscription), method(subscription));
	}

	private ProcessorMethod method(Subscription subscription) {
		String problem = this.methodFactory.problem(subscription.method());
		if (problem != null) {
			throw new InvalidProcessorException(
					"The method " + subscription.describe() + " cannot handle messages: " + problem + ".",
					"Give it one parameter for the payload; others can be Message<T>, MessageHeaders,"
							+ " @Header or @Headers.",
					null);
		}
		Object bean = this.beanFactory.getBean(subscription.beanName());
		try {
			Method invocable = AopUtils.selectInvocableMethod(subscription.method(), bean.getClass());
			ReflectionUtils.makeAccessible(invocable);
			return this.methodFactory.create(bean, invocable);
		}
		catch (IllegalStateException ex) {
			throw new InvalidProcessorException(
					"The method " + subscription.describe() + " cannot be called through the proxy of its bean.",
					"Declare it in an interface of the class, or have the class proxied itself.", ex);
		}
	}

	private NamedDestination destination(Subscription subscription) {
		String name = resolve(subscription.annotation().value(), subscription);
		try {
			return this.destinations.get(String.valueOf(name));
		}
		catch (UnknownDestinationException ex) {
			List<String> known = this.destinations.all().stream().map(NamedDestination::name).toList();
			throw new UnknownDestinationException(String.valueOf(name), "@SubscribesTo of " + subscription.describe(),
					known);
		}
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

	private String evaluate(String value, Subscription subscription) {
		try {
			Object resolved = this.beanFactory.resolveEmbeddedValue(value);
			BeanExpressionResolver expressions = this.beanFactory.getBeanExpressionResolver();
			if (expressions != null) {
				resolved = expressions.evaluate(String.valueOf(resolved),
						new BeanExpressionContext(this.beanFactory, null));
			}
			return String.valueOf(resolved);
		}
		catch (BeansException | IllegalArgumentException ex) {
			throw new InvalidProcessorException(
					"An attribute of @SubscribesTo of " + subscription.describe() + ", '" + value
							+ "', cannot be resolved: " + ex.getMessage(),
					"Correct the attribute or the property it refers to.", ex);
		}
	}

	private @Nullable String resolve(String value, Subscription subscription) {
		if (value.isEmpty()) {
			return null;
		}
		String text = evaluate(value, subscription);
		if (!StringUtils.hasText(text)) {
			throw new InvalidProcessorException("An attribute of @SubscribesTo of " + subscription.describe() + ", '"
					+ value + "', resolves to nothing.", "Correct the attribute or the property it refers to.", null);
		}
		return text;
	}

}
