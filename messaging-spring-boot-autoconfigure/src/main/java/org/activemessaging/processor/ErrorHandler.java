package org.activemessaging.processor;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.activemessaging.AbortMessageException;
import org.activemessaging.RejectMessageException;
import org.activemessaging.StopFilterException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/**
 * A method that decides about failures of one type.
 */
final class ErrorHandler extends InvocableHandlerMethod {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final HandlerMethodArgumentResolverComposite argumentResolvers;

	private final @Nullable ResultPublisher results;

	private final Class<?> failureType;

	ErrorHandler(Object bean, Method method, HandlerMethodArgumentResolverComposite argumentResolvers,
			@Nullable ResultPublisher results) {
		super(bean, method);
		this.argumentResolvers = argumentResolvers;
		this.results = results;
		this.failureType = Arrays.stream(getMethodParameters())
			.filter(ErrorHandler::isFailure)
			.map(MethodParameter::getParameterType)
			.findFirst()
			.orElseThrow();
		Arrays.stream(getMethodParameters()).forEach((parameter) -> parameter.initParameterNameDiscovery(NAMES));
	}

	static boolean isFailure(MethodParameter parameter) {
		return Throwable.class.isAssignableFrom(parameter.getParameterType());
	}

	/**
	 * Tells whether an exception is the decision already.
	 */
	static boolean isDecided(Class<?> failure) {
		return AbortMessageException.class.isAssignableFrom(failure)
				|| RejectMessageException.class.isAssignableFrom(failure)
				|| StopFilterException.class.isAssignableFrom(failure);
	}

	Class<?> failureType() {
		return this.failureType;
	}

	void decide(Exception failure, Message<?> message) throws Exception {
		@Nullable Object[] arguments;
		try {
			arguments = arguments(failure, message);
		}
		catch (Exception ex) {
			failure.addSuppressed(new UnconvertibleMessageException(describe(), ex));
			throw failure;
		}
		try {
			Object result = doInvoke(arguments);
			if (this.results != null) {
				this.results.publish(result);
			}
		}
		catch (StopFilterException ex) {
			throw new IllegalStateException("A StopFilterException is for filters, not for @OnError methods", ex);
		}
	}

	// Not by what the base class knows of arguments that are provided: a parameter of
	// type Object would be given the exception instead of the payload.
	private @Nullable Object[] arguments(Exception failure, Message<?> message) throws Exception {
		MethodParameter[] parameters = getMethodParameters();
		@Nullable Object[] arguments = new @Nullable Object[parameters.length];
		for (int i = 0; i < parameters.length; i++) {
			arguments[i] = isFailure(parameters[i]) ? failure
					: this.argumentResolvers.resolveArgument(parameters[i], message);
		}
		return arguments;
	}

	String describe() {
		return getBeanType().getSimpleName() + "." + getMethod().getName();
	}

}
