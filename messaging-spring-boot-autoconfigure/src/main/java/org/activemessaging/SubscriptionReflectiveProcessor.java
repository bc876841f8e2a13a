package org.activemessaging;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Makes the methods of a processor and the types they take and publish reachable ahead of
 * time.
 */
class SubscriptionReflectiveProcessor implements ReflectiveProcessor {

	private static final BindingReflectionHintsRegistrar BINDING = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Method method) {
			register(hints, method);
		}
		else if (element instanceof Class<?> type) {
			Arrays.stream(type.getMethods())
				.filter((method) -> method.getName().equals("onMessage") && !method.isBridge())
				.forEach((method) -> register(hints, method));
			Arrays.stream(type.getDeclaredMethods())
				.filter((method) -> method.getName().equals("onMessage") && !method.isBridge())
				.forEach((method) -> register(hints, method));
		}
	}

	private void register(ReflectionHints hints, Method method) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		BINDING.registerReflectionHints(hints, method.getGenericParameterTypes());
		if (AnnotatedElementUtils.hasAnnotation(method, PublishesTo.class)
				|| AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), PublishesTo.class)) {
			BINDING.registerReflectionHints(hints, method.getGenericReturnType());
		}
	}

}
