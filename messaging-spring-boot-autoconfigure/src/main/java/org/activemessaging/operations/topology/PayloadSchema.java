package org.activemessaging.operations.topology;

import java.lang.reflect.RecordComponent;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.activemessaging.processor.ProcessorMethod;

import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.util.ClassUtils;

/**
 * What a processor takes, as a JSON schema: texts, numbers, lists, maps and records to
 * their components. Any other class is an object of that name, as only its converter
 * knows more.
 *
 * @param name the simple name of the type
 * @param schema the schema
 */
record PayloadSchema(String name, Map<String, Object> schema) {

	private static final int DEEPEST = 5;

	static PayloadSchema of(ProcessorMethod method) {
		return method.payload()
			.map(ResolvableType::forMethodParameter)
			.map((type) -> of(payload(method.takesWindow() ? type.getGeneric(0) : type)))
			.orElseGet(() -> new PayloadSchema("Message", Map.of()));
	}

	private static ResolvableType payload(ResolvableType type) {
		return Message.class.isAssignableFrom(type.toClass()) ? type.as(Message.class).getGeneric(0) : type;
	}

	private static PayloadSchema of(ResolvableType type) {
		boolean list = Collection.class.isAssignableFrom(type.toClass());
		Class<?> single = list ? type.asCollection().getGeneric(0).toClass() : type.toClass();
		return new PayloadSchema(single.getSimpleName().replace("[]", "s"), schema(type, 0));
	}

	private static Map<String, Object> schema(ResolvableType type, int depth) {
		Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(type.toClass());
		if (CharSequence.class.isAssignableFrom(raw) || raw == Character.class) {
			return Map.of("type", "string");
		}
		if (raw == byte[].class) {
			return Map.of("type", "string", "format", "binary");
		}
		if (raw == Boolean.class) {
			return Map.of("type", "boolean");
		}
		if (Number.class.isAssignableFrom(raw)) {
			boolean whole = raw == Integer.class || raw == Long.class || raw == Short.class || raw == Byte.class;
			return Map.of("type", whole ? "integer" : "number");
		}
		if (Temporal.class.isAssignableFrom(raw) || raw == UUID.class) {
			return Map.of("type", "string", "title", raw.getSimpleName());
		}
		if (raw.isEnum()) {
			return Map.of("type", "string", "enum",
					Arrays.stream(raw.getEnumConstants()).map(Object::toString).toList());
		}
		if (raw.isArray()) {
			return Map.of("type", "array", "items", schema(type.getComponentType(), depth + 1));
		}
		if (Collection.class.isAssignableFrom(raw)) {
			return Map.of("type", "array", "items", schema(type.asCollection().getGeneric(0), depth + 1));
		}
		return object(type, raw, depth);
	}

	private static Map<String, Object> object(ResolvableType type, Class<?> raw, int depth) {
		if (raw == Object.class) {
			return Map.of();
		}
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "object");
		if (!Map.class.isAssignableFrom(raw)) {
			schema.put("title", raw.getSimpleName());
		}
		if (raw.isRecord() && depth < DEEPEST) {
			Map<String, Object> properties = new LinkedHashMap<>();
			for (RecordComponent component : raw.getRecordComponents()) {
				properties.put(component.getName(),
						schema(ResolvableType.forMethodReturnType(component.getAccessor(), type.toClass()), depth + 1));
			}
			schema.put("properties", properties);
		}
		return schema;
	}

}
