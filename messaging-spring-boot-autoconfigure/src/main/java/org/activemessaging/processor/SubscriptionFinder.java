package org.activemessaging.processor;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;

import org.activemessaging.OnError;
import org.activemessaging.OrderedBy;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Looks for {@link SubscribesTo} on the classes of beans, lazy ones included.
 */
final class SubscriptionFinder {

	private static final List<Class<? extends Annotation>> CANDIDATES = List.of(Processor.class, SubscribesTo.class,
			PublishesTo.class, OnError.class, OrderedBy.class);

	private final ConfigurableListableBeanFactory beanFactory;

	SubscriptionFinder(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	List<Subscription> find() {
		List<Subscription> result = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null
					: AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null && AnnotationUtils.isCandidateClass(type, CANDIDATES)) {
				result.addAll(find(beanName, type));
			}
		}
		return result;
	}

	private List<Subscription> find(String beanName, Class<?> type) {
		ProcessorClass annotated = new ProcessorClass(type);
		List<Subscription> subscriptions = annotated.subscriptions(beanName);
		if (!subscriptions.isEmpty() && !this.beanFactory.isSingleton(beanName)) {
			throw new InvalidProcessorException(type.getSimpleName() + " subscribes to a destination, but its bean '"
					+ beanName + "' is no singleton, so there is nothing to call.", "Remove the scope of the bean.",
					null);
		}
		return subscriptions;
	}

}
