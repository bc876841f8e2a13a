package org.activemessaging.idempotent;

import java.util.Map;

import org.activemessaging.payload.PayloadConverter;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypedValue;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * Lets an expression read headers and payload, without reflection. A payload that is an
 * object, in JSON for example, is a map; any other is text.
 */
final class KeyAccessor implements PropertyAccessor {

	private final PayloadConverter converter;

	KeyAccessor(PayloadConverter converter) {
		this.converter = converter;
	}

	@Override
	public Class<?>[] getSpecificTargetClasses() {
		return new Class<?>[] { Message.class, Map.class };
	}

	@Override
	public boolean canRead(EvaluationContext context, @Nullable Object target, String name) {
		return target instanceof Map || target instanceof Message;
	}

	@Override
	public TypedValue read(EvaluationContext context, @Nullable Object target, String name) {
		if (target instanceof Message<?> message) {
			return new TypedValue(name.equals("headers") ? message.getHeaders() : payload(message));
		}
		return (target instanceof Map<?, ?> map) ? new TypedValue(map.get(name)) : TypedValue.NULL;
	}

	private @Nullable Object payload(Message<?> message) {
		try {
			return this.converter.fromMessage(message, Map.class);
		}
		catch (MessageConversionException ex) {
			return this.converter.fromMessage(message, String.class);
		}
	}

	@Override
	public boolean canWrite(EvaluationContext context, @Nullable Object target, String name) {
		return false;
	}

	@Override
	public void write(EvaluationContext context, @Nullable Object target, String name, @Nullable Object value) {
		throw new UnsupportedOperationException("A message is only read");
	}

}
