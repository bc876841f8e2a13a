package org.activemessaging.broker.stomp;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The types of a property, which STOMP does not know: a header of ours names those that
 * are not text.
 */
enum StompValueType {

	STRING('t', String.class, (text) -> text),

	BOOLEAN('z', Boolean.class, Boolean::valueOf),

	BYTE('b', Byte.class, Byte::valueOf),

	SHORT('s', Short.class, Short::valueOf),

	INTEGER('i', Integer.class, Integer::valueOf),

	LONG('l', Long.class, Long::valueOf),

	FLOAT('f', Float.class, Float::valueOf),

	DOUBLE('d', Double.class, Double::valueOf);

	private final char code;

	private final Class<?> type;

	private final Function<String, Object> parser;

	StompValueType(char code, Class<?> type, Function<String, Object> parser) {
		this.code = code;
		this.type = type;
		this.parser = parser;
	}

	static @Nullable StompValueType of(Object value) {
		for (StompValueType type : values()) {
			if (type.type.isInstance(value)) {
				return type;
			}
		}
		return null;
	}

	static @Nullable StompValueType of(char code) {
		for (StompValueType type : values()) {
			if (type.code == code) {
				return type;
			}
		}
		return null;
	}

	char code() {
		return this.code;
	}

	/**
	 * Reads a value.
	 * @return the value, or the text if it is no value of this type
	 */
	Object parse(String text) {
		try {
			return this.parser.apply(text);
		}
		catch (NumberFormatException ex) {
			return text;
		}
	}

}
