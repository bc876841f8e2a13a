package org.activemessaging.processor;

import java.lang.reflect.Method;

import org.activemessaging.SubscribesTo;

/**
 * One {@link SubscribesTo} that was found.
 *
 * @param beanName the name of the bean
 * @param beanType the class of the bean, not of a proxy for it
 * @param method the method to call, on the bean or its proxy
 * @param annotation the annotation
 * @param defaultId the id unless the annotation says another
 */
record Subscription(String beanName, Class<?> beanType, Method method, SubscribesTo annotation, String defaultId) {

	String describe() {
		return this.beanType.getSimpleName() + "." + this.method.getName();
	}

}
