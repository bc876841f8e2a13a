package org.activemessaging.autoconfigure;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.activemessaging.NearestMatch;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The properties that exist, as the records of {@link MessagingProperties} say.
 */
final class KnownProperties {

	private KnownProperties() {
	}

	/**
	 * Describes what exists where an unknown property was looked for.
	 * @param name the name of the unknown property
	 * @return a text to follow a sentence, or an empty one
	 */
	static String nearest(ConfigurationPropertyName name) {
		Type type = MessagingProperties.class;
		for (int i = 1; i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, Form.DASHED);
			if (type instanceof Class<?> record && record.isRecord()) {
				Type next = component(record, element);
				if (next == null) {
					return NearestMatch.describe(element, names(record));
				}
				type = next;
			}
			else if (isMap(type)) {
				type = ((ParameterizedType) type).getActualTypeArguments()[1];
			}
			else {
				return "";
			}
		}
		return "";
	}

	private static boolean isMap(Type type) {
		return type instanceof ParameterizedType parameterized && parameterized.getRawType() == Map.class;
	}

	private static @Nullable Type component(Class<?> record, String element) {
		for (RecordComponent component : record.getRecordComponents()) {
			if (dashed(component.getName()).equals(element)) {
				return component.getGenericType();
			}
		}
		return null;
	}

	private static List<String> names(Class<?> record) {
		return Arrays.stream(record.getRecordComponents()).map((component) -> dashed(component.getName())).toList();
	}

	private static String dashed(String name) {
		return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

}
