package org.activemessaging.processor;

import java.lang.reflect.Method;
import java.util.List;

import org.activemessaging.OrderedBy;
import org.activemessaging.PublishesTo;
import org.activemessaging.SubscribesTo;
import org.jspecify.annotations.Nullable;

/**
 * One {@link SubscribesTo} that was found.
 *
 * @param beanName the name of the bean
 * @param beanType the class of the bean, not of a proxy for it
 * @param method the method, as the class declares it
 * @param annotation the annotation
 * @param publishesTo where the results of the method go, or {@code null} for nowhere
 * @param orderedBy by what messages are ordered, or {@code null} if nothing is said
 * @param errorHandlers the methods of the class that decide about failures
 * @param baseId the id unless the annotation says another
 * @param repeated whether the method has other annotations too, which the destination
 * then tells apart
 */
record Subscription(String beanName, Class<?> beanType, Method method, SubscribesTo annotation,
		@Nullable PublishesTo publishesTo, @Nullable OrderedBy orderedBy, List<Method> errorHandlers, String baseId,
		boolean repeated) {

	String describe() {
		return describe(this.method);
	}

	String describe(Method method) {
		return this.beanType.getSimpleName() + "." + method.getName();
	}

}
