package org.activemessaging.processor;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.activemessaging.OnError;
import org.activemessaging.OrderedBy;
import org.activemessaging.Processor;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What the annotations of a class say. One that is never looked at stops the start, as
 * nobody would notice otherwise.
 */
final class ProcessorClass {

	private static final String ON_MESSAGE = "onMessage";

	private final Class<?> type;

	private final Set<SubscribesTo> onClass;

	private final List<Method> methods;

	private final Map<Method, Set<SubscribesTo>> subscribed;

	private final List<Method> errorHandlers;

	ProcessorClass(Class<?> type) {
		this.type = type;
		this.onClass = subscriptions(type);
		// Most classes have none of these methods, and each is looked through only once.
		Map<Method, Set<SubscribesTo>> annotated = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<Set<SubscribesTo>>) (method) -> {
					Set<SubscribesTo> subscriptions = subscriptions(method);
					boolean other = has(method, PublishesTo.class) || has(method, OnError.class)
							|| has(method, OrderedBy.class);
					return (subscriptions.isEmpty() && !other) ? null : subscriptions;
				});
		this.methods = List.copyOf(annotated.keySet());
		annotated.values().removeIf(Set::isEmpty);
		this.subscribed = annotated;
		this.errorHandlers = this.methods.stream().filter((method) -> has(method, OnError.class)).toList();
	}

	/**
	 * Returns the subscriptions of the class as a bean.
	 * @param beanName the name of the bean
	 * @return one for each {@link SubscribesTo}
	 * @throws InvalidProcessorException if an annotation is where it has no effect
	 */
	List<Subscription> subscriptions(String beanName) {
		Method onMessage = this.onClass.isEmpty() ? null : onMessage();
		if (onMessage == null && this.subscribed.isEmpty() && has(this.type, Processor.class)) {
			throw new InvalidProcessorException(
					this.type.getSimpleName() + " is a @Processor, but it subscribes to nothing.",
					"Annotate the class or one of its methods with @SubscribesTo, or remove @Processor.", null);
		}
		check(onMessage);
		List<Subscription> result = new ArrayList<>();
		if (onMessage != null) {
			PublishesTo publishesTo = publishesTo(onMessage);
			add(result, beanName, onMessage, this.onClass, (publishesTo != null) ? publishesTo : publishesTo(this.type),
					dashed(beanName));
		}
		boolean several = this.subscribed.size() + ((onMessage != null) ? 1 : 0) > 1;
		this.subscribed.forEach((method, annotations) -> add(result, beanName, method, annotations, publishesTo(method),
				dashed(beanName) + (several ? "." + dashed(method.getName()) : "")));
		return result;
	}

	private void add(List<Subscription> result, String beanName, Method method, Set<SubscribesTo> annotations,
			@Nullable PublishesTo publishesTo, String id) {
		for (SubscribesTo annotation : annotations) {
			result.add(new Subscription(beanName, this.type, method, annotation, publishesTo, orderedBy(method),
					this.errorHandlers, id, annotations.size() > 1));
		}
	}

	// What stands on the class is for its onMessage method.
	private @Nullable OrderedBy orderedBy(Method method) {
		OrderedBy own = AnnotatedElementUtils.findMergedAnnotation(method, OrderedBy.class);
		return (own != null || this.subscribed.containsKey(method)) ? own
				: AnnotatedElementUtils.findMergedAnnotation(this.type, OrderedBy.class);
	}

	private void check(@Nullable Method onMessage) {
		List<Method> processors = Stream.concat(Stream.ofNullable(onMessage), this.subscribed.keySet().stream())
			.toList();
		for (Method handler : this.errorHandlers) {
			if (processors.isEmpty() || processors.contains(handler)) {
				throw new InvalidProcessorException("@OnError of " + describe(handler) + " is never called: "
						+ (processors.isEmpty() ? "its class subscribes to nothing."
								: "the method handles messages, whose failures another one has to decide about."),
						"Annotate another method of a class that has @SubscribesTo with @OnError, or remove it.", null);
			}
		}
		for (Method method : this.methods) {
			if (has(method, PublishesTo.class) && !processors.contains(method)
					&& !this.errorHandlers.contains(method)) {
				throw ineffective(describe(method));
			}
			if (has(method, OrderedBy.class) && !processors.contains(method)) {
				throw unordered(describe(method));
			}
		}
		if (onMessage == null && has(this.type, PublishesTo.class)) {
			throw ineffective(this.type.getSimpleName());
		}
		if (onMessage == null && has(this.type, OrderedBy.class)) {
			throw unordered(this.type.getSimpleName());
		}
	}

	private static InvalidProcessorException ineffective(String name) {
		return new InvalidProcessorException(
				"@PublishesTo of " + name + " publishes nothing, as no messages are handled there.",
				"Annotate it with @SubscribesTo too, or remove @PublishesTo.", null);
	}

	private static InvalidProcessorException unordered(String name) {
		return new InvalidProcessorException(
				"@OrderedBy of " + name + " orders nothing, as no messages are handled there.",
				"Annotate it with @SubscribesTo too, or remove @OrderedBy.", null);
	}

	private String describe(Method method) {
		return this.type.getSimpleName() + "." + method.getName();
	}

	private Method onMessage() {
		List<Method> methods = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(this.type))
			.filter((method) -> method.getName().equals(ON_MESSAGE) && !method.isBridge() && !method.isSynthetic())
			.toList();
		if (methods.size() != 1) {
			throw new InvalidProcessorException(
					this.type.getSimpleName() + " has @SubscribesTo on the class, and " + methods.size()
							+ " methods named '" + ON_MESSAGE + "' where there must be one.",
					"Name one method '" + ON_MESSAGE + "', or annotate the methods instead of the class.", null);
		}
		return methods.get(0);
	}

	private static Set<SubscribesTo> subscriptions(AnnotatedElement element) {
		return AnnotatedElementUtils.findMergedRepeatableAnnotations(element, SubscribesTo.class,
				SubscribesTo.List.class);
	}

	private static @Nullable PublishesTo publishesTo(AnnotatedElement element) {
		return AnnotatedElementUtils.findMergedAnnotation(element, PublishesTo.class);
	}

	private static boolean has(AnnotatedElement element, Class<? extends Annotation> annotation) {
		return AnnotatedElementUtils.hasAnnotation(element, annotation);
	}

	private static String dashed(String name) {
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
			.replaceAll("[^A-Za-z0-9._-]", "-")
			.toLowerCase(Locale.ROOT);
	}

}
