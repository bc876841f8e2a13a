package org.activemessaging.processor;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.activemessaging.Acknowledgment;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.payload.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.support.HeaderMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.HeadersMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.MessageMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.validation.Validator;

/**
 * Makes processor methods, with Spring's own argument resolvers.
 *
 * @since 0.1.0
 */
public final class ProcessorMethodFactory {

	private final PayloadConverter converter;

	private final PayloadValidation validation;

	private final Replies replies;

	private final List<HandlerMethodArgumentResolver> customResolvers;

	private final HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();

	/**
	 * Creates a factory.
	 * @param converter what reads payloads
	 * @param customResolvers resolvers that come before the payload
	 * @param beanFactory what resolves placeholders in header names
	 * @param validator what validates payloads, if there is any
	 * @param replies what sends results to who has asked for them
	 */
	public ProcessorMethodFactory(PayloadConverter converter, List<HandlerMethodArgumentResolver> customResolvers,
			@Nullable ConfigurableBeanFactory beanFactory, Supplier<@Nullable Validator> validator, Replies replies) {
		this.converter = converter;
		this.replies = replies;
		this.validation = new PayloadValidation(validator);
		this.customResolvers = List.copyOf(customResolvers);
		ConversionService conversionService = new DefaultFormattingConversionService();
		List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
		resolvers.add(new HeaderMethodArgumentResolver(conversionService, beanFactory));
		resolvers.add(new HeadersMethodArgumentResolver());
		resolvers.add(new MessageMethodArgumentResolver(converter));
		resolvers.add(new AcknowledgmentResolver());
		resolvers.addAll(customResolvers);
		resolvers.add(new EmptyPayloadAwareResolver(converter, this.validation));
		this.resolvers.addResolvers(resolvers);
	}

	ProcessorMethod create(Object bean, Method method, NamedDestination destination, @Nullable ResultPublisher results,
			@Nullable OrderKey order, ErrorHandlers errorHandlers) {
		WindowParameter window = parameters(method).stream()
			.filter(this::isWindow)
			.map((parameter) -> new WindowParameter(this.converter, this.validation,
					parameter.withContainingClass(bean.getClass())))
			.findFirst()
			.orElse(null);
		return new ProcessorMethod(bean, method, this.resolvers, window, results,
				(message, result) -> this.replies.reply(destination, message, result), order, errorHandlers);
	}

	/**
	 * Makes what tells by which key the messages of a method are ordered.
	 * @throws IllegalArgumentException if the expression is wrong, or the method takes a
	 * whole window
	 */
	OrderKey createOrderKey(Object bean, Method method, String expression) {
		if (parameters(method).stream().anyMatch(this::isWindow)) {
			throw new IllegalArgumentException("it takes a whole window by its List, which is in order anyway.");
		}
		MethodParameter payload = parameters(method).stream()
			.filter((parameter) -> !isHeader(parameter) && !isCustom(parameter))
			.map((parameter) -> parameter.withContainingClass(bean.getClass()))
			.findFirst()
			.orElse(null);
		return new OrderKey(expression, this.converter, payload);
	}

	ErrorHandler createErrorHandler(Object bean, Method method, @Nullable ResultPublisher results) {
		return new ErrorHandler(bean, method, this.resolvers, results);
	}

	/**
	 * Tells why a method cannot handle messages.
	 * @param method the method
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable String problem(Method method) {
		List<MethodParameter> parameters = parameters(method);
		if (parameters.size() > 1 && parameters.stream().anyMatch(this::isWindow)) {
			return "it takes a whole window by its List, and so no other parameter; headers come with a"
					+ " List<Message<T>>, and a list that is the payload of one message is annotated with @Payload";
		}
		String problem = problem(parameters, method);
		return (problem == null && method.getParameterCount() == 0) ? "it has no parameter" : problem;
	}

	/**
	 * Tells why a method cannot decide about failures.
	 * @param method the method
	 * @return the reason, or {@code null} if it can
	 */
	@Nullable String errorHandlerProblem(Method method) {
		List<MethodParameter> parameters = parameters(method);
		List<MethodParameter> failures = parameters.stream().filter(ErrorHandler::isFailure).toList();
		if (failures.size() != 1) {
			return "it has " + failures.size() + " parameters for the exception, of which there has to be one";
		}
		Class<?> failure = failures.get(0).getParameterType();
		if (!Exception.class.isAssignableFrom(failure)) {
			return "it takes a " + failure.getSimpleName()
					+ ", but is called for exceptions only, and never for an Error";
		}
		if (ErrorHandler.isDecided(failure)) {
			return "it takes a " + failure.getSimpleName()
					+ ", which is a decision of the processor itself, so it is never called";
		}
		if (parameters.stream().anyMatch(this::isWindow)) {
			return "it takes a List, but failures are decided one by one; a list that is the payload of one message"
					+ " is annotated with @Payload";
		}
		return problem(parameters.stream().filter((parameter) -> !ErrorHandler.isFailure(parameter)).toList(), method);
	}

	private @Nullable String problem(List<MethodParameter> parameters, Method method) {
		if (Modifier.isPrivate(method.getModifiers())) {
			return "it is private";
		}
		List<MethodParameter> payloads = parameters.stream()
			.filter((parameter) -> !isHeader(parameter) && !isCustom(parameter)
					&& !Message.class.isAssignableFrom(parameter.getParameterType()))
			.toList();
		for (MethodParameter parameter : parameters) {
			String problem = this.validation.problem(parameter, payloads.contains(parameter));
			if (problem != null) {
				return problem;
			}
		}
		for (MethodParameter payload : payloads) {
			if (payload.getParameterType().isPrimitive()) {
				return "its parameter " + payload.getParameterIndex() + " is a primitive " + payload.getParameterType()
						+ ", which no payload is made into";
			}
		}
		return (payloads.size() > 1)
				? "it has " + payloads.size() + " parameters for the payload, of which there can be one" : null;
	}

	private static List<MethodParameter> parameters(Method method) {
		return IntStream.range(0, method.getParameterCount()).mapToObj((i) -> new MethodParameter(method, i)).toList();
	}

	private boolean isWindow(MethodParameter parameter) {
		return WindowParameter.isWindow(parameter) && !isHeader(parameter) && !isCustom(parameter);
	}

	private boolean isCustom(MethodParameter parameter) {
		return this.customResolvers.stream().anyMatch((resolver) -> resolver.supportsParameter(parameter));
	}

	static boolean isHeader(MethodParameter parameter) {
		return AnnotatedElementUtils.hasAnnotation(parameter.getParameter(), Header.class)
				|| AnnotatedElementUtils.hasAnnotation(parameter.getParameter(), Headers.class)
				|| parameter.getParameterType() == Acknowledgment.class
				|| MessageHeaders.class.isAssignableFrom(parameter.getParameterType())
				|| MessageHeaderAccessor.class.isAssignableFrom(parameter.getParameterType());
	}

	/**
	 * Takes the acknowledgment from the headers.
	 */
	private static final class AcknowledgmentResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Acknowledgment.class;
		}

		@Override
		public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
			return message.getHeaders().get(MessagingHeaders.ACKNOWLEDGMENT);
		}

	}

	/**
	 * Takes empty text and empty bytes for what they are: a payload. What is not valid is
	 * named without its values, as a dead letter keeps the text in its headers.
	 */
	private static final class EmptyPayloadAwareResolver extends PayloadMethodArgumentResolver {

		private final PayloadValidation validation;

		EmptyPayloadAwareResolver(PayloadConverter converter, PayloadValidation validation) {
			super(converter, null, true);
			this.validation = validation;
		}

		@Override
		protected void validate(Message<?> message, MethodParameter parameter, Object target) {
			this.validation.check(parameter, target);
		}

		@Override
		protected boolean isEmptyPayload(@Nullable Object payload) {
			return payload == null;
		}

	}

}
