package org.activemessaging.processor;

import java.util.List;

import org.activemessaging.payload.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.support.GenericMessage;

/**
 * The parameter of a method that takes a whole window: a list of payloads, or of messages
 * with their headers.
 */
final class WindowParameter {

	private final PayloadConverter converter;

	private final PayloadValidation validation;

	private final MethodParameter parameter;

	private final MethodParameter payload;

	private final Class<?> payloadType;

	private final boolean withHeaders;

	WindowParameter(PayloadConverter converter, PayloadValidation validation, MethodParameter parameter) {
		this.converter = converter;
		this.validation = validation;
		this.parameter = parameter;
		MethodParameter element = parameter.nested();
		this.withHeaders = Message.class.isAssignableFrom(type(element));
		this.payload = this.withHeaders ? element.nested() : element;
		this.payloadType = type(this.payload);
	}

	/**
	 * Tells whether a parameter is for a window. A list that is one payload is annotated
	 * with {@link Payload}.
	 */
	static boolean isWindow(MethodParameter parameter) {
		return parameter.getParameterType() == List.class && !parameter.hasParameterAnnotation(Payload.class);
	}

	private static Class<?> type(MethodParameter parameter) {
		return ResolvableType.forMethodParameter(parameter).toClass();
	}

	/**
	 * Reads what the list holds for a message.
	 * @throws MessageConversionException if the message cannot be made into that
	 */
	Object read(Message<?> message) {
		@Nullable Object payload = this.converter.fromMessage(message, this.payloadType, this.payload);
		if (payload == null) {
			throw new MessageConversionException(message,
					"The payload is nothing, where a " + this.payloadType.getSimpleName() + " is wanted");
		}
		this.validation.check(this.parameter, payload);
		if (!this.withHeaders) {
			return payload;
		}
		return (payload == message.getPayload()) ? message : new GenericMessage<>(payload, message.getHeaders());
	}

}
