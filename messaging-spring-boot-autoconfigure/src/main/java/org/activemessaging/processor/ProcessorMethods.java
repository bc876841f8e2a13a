package org.activemessaging.processor;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.activemessaging.Acknowledgment;
import org.activemessaging.MessagePublisher;
import org.activemessaging.OrderedBy;
import org.activemessaging.PublishesTo;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.payload.MessageGroupKey;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Makes what is called for a subscription: the method on its bean, with what becomes of
 * its result and of its failures.
 */
final class ProcessorMethods {

	private final ConfigurableListableBeanFactory beanFactory;

	private final NamedDestinations destinations;

	private final ProcessorMethodFactory methodFactory;

	private final Supplier<MessagePublisher> publisher;

	private final AttributeResolver attributes;

	ProcessorMethods(ConfigurableListableBeanFactory beanFactory, NamedDestinations destinations,
			ProcessorMethodFactory methodFactory, Supplier<MessagePublisher> publisher, AttributeResolver attributes) {
		this.beanFactory = beanFactory;
		this.destinations = destinations;
		this.methodFactory = methodFactory;
		this.publisher = publisher;
		this.attributes = attributes;
	}

	ProcessorMethod of(Subscription subscription, NamedDestination destination) {
		String problem = this.methodFactory.problem(subscription.method());
		if (problem != null) {
			throw new InvalidProcessorException(
					"The method " + subscription.describe() + " cannot handle messages: " + problem + ".",
					"Give it one parameter for the payload; others can be Message<T>, MessageHeaders,"
							+ " @Header or @Headers.",
					null);
		}
		ResultPublisher results = results(subscription.publishesTo(), subscription.method(), subscription.describe());
		Object bean = this.beanFactory.getBean(subscription.beanName());
		return this.methodFactory.create(bean, invocable(bean, subscription.method(), subscription.describe()),
				destination, results, order(subscription, bean), errorHandlers(subscription, bean));
	}

	private @Nullable OrderKey order(Subscription subscription, Object bean) {
		OrderedBy annotation = subscription.orderedBy();
		if (annotation == null) {
			return null;
		}
		String where = "@OrderedBy of " + subscription.describe();
		String expression = String.valueOf(this.attributes.resolve(annotation.value(), where));
		try {
			return this.methodFactory.createOrderKey(bean, subscription.method(), expression);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidProcessorException(where + ", '" + expression + "', cannot be used: " + ex.getMessage(),
					"Correct the expression, for example to 'payload.customer' or \"headers['session']\", or remove"
							+ " @OrderedBy.",
					ex);
		}
	}

	private ErrorHandlers errorHandlers(Subscription subscription, Object bean) {
		boolean acknowledges = Arrays.asList(subscription.method().getParameterTypes()).contains(Acknowledgment.class);
		List<ErrorHandler> handlers = new ArrayList<>();
		for (Method method : subscription.errorHandlers()) {
			String name = subscription.describe(method);
			String problem = this.methodFactory.errorHandlerProblem(method);
			if (problem == null && !acknowledges
					&& Arrays.asList(method.getParameterTypes()).contains(Acknowledgment.class)) {
				problem = "it takes an Acknowledgment, which " + subscription.describe() + " does not";
			}
			if (problem != null) {
				throw new InvalidProcessorException(
						"The method " + name + " cannot decide about failures: " + problem + ".",
						"Give it one parameter for the exception, of type Exception or a subclass, and at most one for"
								+ " the payload; others can be Message<T>, MessageHeaders, @Header or @Headers.",
						null);
			}
			PublishesTo publishesTo = AnnotatedElementUtils.findMergedAnnotation(method, PublishesTo.class);
			handlers.add(this.methodFactory.createErrorHandler(bean, invocable(bean, method, name),
					results(publishesTo, method, name)));
		}
		return ErrorHandlers.of(handlers);
	}

	private static Method invocable(Object bean, Method method, String name) {
		try {
			Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
			ReflectionUtils.makeAccessible(invocable);
			return invocable;
		}
		catch (IllegalStateException ex) {
			throw new InvalidProcessorException(
					"The method " + name + " cannot be called through the proxy of its bean.",
					"Declare it in an interface of the class, or have the class proxied itself.", ex);
		}
	}

	private @Nullable ResultPublisher results(@Nullable PublishesTo annotation, Method method, String name) {
		if (annotation == null) {
			return null;
		}
		String problem = problem(method.getReturnType());
		if (problem != null) {
			throw new InvalidProcessorException(
					"@PublishesTo of " + name + " cannot publish what the method returns: "
							+ method.getReturnType().getSimpleName() + problem + ".",
					"Have the method return a value, a Message<T> or a collection, or remove @PublishesTo.", null);
		}
		String where = "@PublishesTo of " + name;
		String destination = String.valueOf(this.attributes.resolve(annotation.value(), where));
		return new ResultPublisher(this.destinations.get(destination, where).forPublishing(where).name(),
				this.publisher, messageGroup(annotation, where));
	}

	private @Nullable MessageGroupKey messageGroup(PublishesTo annotation, String where) {
		String expression = this.attributes.resolve(annotation.messageGroup(), where);
		if (expression == null) {
			return null;
		}
		try {
			return new MessageGroupKey(expression, where);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidProcessorException(
					"The message group of " + where + ", '" + expression + "', cannot be used: " + ex.getMessage(),
					"Correct the attribute 'messageGroup', for example to 'payload.customer' or"
							+ " \"headers['session']\", or remove it.",
					ex);
		}
	}

	private static @Nullable String problem(Class<?> type) {
		if (type == void.class || type == Void.class) {
			return " is nothing";
		}
		boolean later = Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
		return later ? " is not there yet when the method returns" : null;
	}

}
