package org.activemessaging.processor;

import java.lang.reflect.Method;

import org.activemessaging.SubscribesTo;

/**
 * One {@link SubscribesTo} that was found.
 *
 * @param beanName the name of the bean
 * @param beanType the class of the bean, not of a proxy for it
 * @param method the method, as the class declares it
 * @param annotation the annotation
 * @param baseId the id unless the annotation says another
 * @param repeated whether the method has other annotations too, which the destination
 * then tells apart
 */
record Subscription(String beanName, Class<?> beanType, Method method, SubscribesTo annotation, String baseId,
		boolean repeated) {

	String describe() {
		return this.beanType.getSimpleName() + "." + this.method.getName();
	}

}
