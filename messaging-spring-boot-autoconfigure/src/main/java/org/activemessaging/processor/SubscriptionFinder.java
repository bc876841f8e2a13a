package org.activemessaging.processor;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.activemessaging.Processor;
import org.activemessaging.SubscribesTo;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Looks for {@link SubscribesTo} on the classes of beans, lazy ones included.
 */
final class SubscriptionFinder {

	private static final String METHOD = "onMessage";

	private final ConfigurableListableBeanFactory beanFactory;

	SubscriptionFinder(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	List<Subscription> find() {
		List<Subscription> result = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null
					: AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
			if (type != null && AnnotationUtils.isCandidateClass(type, List.of(Processor.class, SubscribesTo.class))) {
				result.addAll(find(beanName, type));
			}
		}
		return result;
	}

	private List<Subscription> find(String beanName, Class<?> type) {
		Set<SubscribesTo> onClass = annotations(type);
		Map<Method, Set<SubscribesTo>> onMethods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<Set<SubscribesTo>>) (method) -> {
					Set<SubscribesTo> annotations = annotations(method);
					return annotations.isEmpty() ? null : annotations;
				});
		if (onClass.isEmpty() && onMethods.isEmpty()) {
			if (AnnotatedElementUtils.hasAnnotation(type, Processor.class)) {
				throw new InvalidProcessorException(
						type.getSimpleName() + " is a @Processor, but it subscribes to nothing.",
						"Annotate the class or one of its methods with @SubscribesTo, or remove @Processor.", null);
			}
			return List.of();
		}
		if (!this.beanFactory.isSingleton(beanName)) {
			throw new InvalidProcessorException(type.getSimpleName() + " subscribes to a destination, but its bean '"
					+ beanName + "' is no singleton, so there is nothing to call.", "Remove the scope of the bean.",
					null);
		}
		int elements = onMethods.size() + (onClass.isEmpty() ? 0 : 1);
		List<Subscription> result = new ArrayList<>();
		if (!onClass.isEmpty()) {
			add(result, beanName, type, onMessage(type), onClass, false);
		}
		onMethods.forEach((method, annotations) -> add(result, beanName, type, method, annotations, elements > 1));
		return result;
	}

	private static Set<SubscribesTo> annotations(AnnotatedElement element) {
		return AnnotatedElementUtils.findMergedRepeatableAnnotations(element, SubscribesTo.class,
				SubscribesTo.List.class);
	}

	private void add(List<Subscription> result, String beanName, Class<?> type, Method method,
			Set<SubscribesTo> annotations, boolean severalMethods) {
		String id = dashed(beanName) + (severalMethods ? "." + dashed(method.getName()) : "");
		for (SubscribesTo annotation : annotations) {
			result.add(new Subscription(beanName, type, method, annotation, id, annotations.size() > 1));
		}
	}

	private static Method onMessage(Class<?> type) {
		List<Method> methods = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
			.filter((method) -> method.getName().equals(METHOD) && !method.isBridge() && !method.isSynthetic())
			.toList();
		if (methods.size() != 1) {
			throw new InvalidProcessorException(
					type.getSimpleName() + " has @SubscribesTo on the class, and " + methods.size() + " methods named '"
							+ METHOD + "' where there must be one.",
					"Name one method '" + METHOD + "', or annotate the methods instead of the class.", null);
		}
		return methods.get(0);
	}

	private static String dashed(String name) {
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
			.replaceAll("[^A-Za-z0-9._-]", "-")
			.toLowerCase(Locale.ROOT);
	}

}
