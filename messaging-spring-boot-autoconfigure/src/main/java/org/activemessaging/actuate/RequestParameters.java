package org.activemessaging.actuate;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, from its query or its body. What is unknown or unreadable
 * is an error, which says what is allowed.
 *
 * @since 0.1.0
 */
public final class RequestParameters {

	private final Map<String, String> values = new LinkedHashMap<>();

	/**
	 * Creates parameters.
	 * @param parameters texts, or what they were made of
	 */
	public RequestParameters(Map<String, ?> parameters) {
		parameters.forEach((name, value) -> {
			if (value != null) {
				this.values.put(name, text(name, value));
			}
		});
	}

	private static String text(String name, Object value) {
		if (value instanceof Collection<?> several) {
			return several.stream().map(String::valueOf).collect(Collectors.joining(","));
		}
		if (value instanceof Map<?, ?>) {
			throw new IllegalArgumentException(
					"'" + name + "' is an object, but only texts, numbers and booleans are allowed");
		}
		return String.valueOf(value);
	}

	/**
	 * Checks that all names are known.
	 * @param known the names that are
	 * @return these parameters
	 * @throws IllegalArgumentException if another one is there
	 */
	public RequestParameters allowing(String... known) {
		return allowing(known, new String[0]);
	}

	RequestParameters allowing(String[] known, String[] further) {
		List<String> names = new ArrayList<>(Arrays.asList(known));
		names.addAll(Arrays.asList(further));
		for (String name : this.values.keySet()) {
			if (!names.contains(name)) {
				throw new IllegalArgumentException("'" + name + "' is not known here; known are " + names);
			}
		}
		return this;
	}

	/**
	 * Returns a text.
	 * @param name the name of the parameter
	 * @return its value, or {@code null} if it is not there
	 */
	public @Nullable String text(String name) {
		return this.values.get(name);
	}

	/**
	 * Returns a text that must be there.
	 * @param name the name of the parameter
	 * @return its value
	 * @throws IllegalArgumentException if it is not there
	 */
	public String required(String name) {
		String value = text(name);
		if (value == null) {
			throw new IllegalArgumentException("'" + name + "' is missing");
		}
		return value;
	}

	/**
	 * Returns something else than a text.
	 * @param <T> what it is
	 * @param name the name of the parameter
	 * @param reading how it is read
	 * @param form what is allowed
	 * @return its value, or {@code null} if it is not there
	 * @throws IllegalArgumentException if it cannot be read
	 */
	public <T> @Nullable T read(String name, Function<String, T> reading, String form) {
		String value = text(name);
		if (value == null) {
			return null;
		}
		try {
			return reading.apply(value.strip());
		}
		catch (IllegalArgumentException | DateTimeParseException ex) {
			throw new IllegalArgumentException("'" + name + "' is '" + value + "', but " + form + " is allowed", ex);
		}
	}

	/**
	 * Returns a whole number.
	 * @param name the name of the parameter
	 * @param fallback what it is if it is not there
	 * @return its value
	 * @throws IllegalArgumentException if it is none, or below 1
	 */
	public int count(String name, int fallback) {
		Integer value = read(name, RequestParameters::positive, "a number from 1");
		return (value != null) ? value : fallback;
	}

	private static int positive(String text) {
		int value = Integer.parseInt(text);
		if (value < 1) {
			throw new NumberFormatException("below 1");
		}
		return value;
	}

	/**
	 * Returns a boolean.
	 * @param name the name of the parameter
	 * @return its value, {@code false} if it is not there
	 * @throws IllegalArgumentException if it is none
	 */
	public boolean flag(String name) {
		Boolean value = read(name, (text) -> switch (text) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new IllegalArgumentException(text);
		}, "true or false");
		return Boolean.TRUE.equals(value);
	}

	/**
	 * Returns a duration.
	 * @param name the name of the parameter
	 * @return its value, or {@code null} if it is not there
	 * @throws IllegalArgumentException if it is none, or negative
	 */
	public @Nullable Duration duration(String name) {
		return read(name, (text) -> {
			Duration duration = Duration.parse(text);
			if (duration.isNegative()) {
				throw new IllegalArgumentException(text);
			}
			return duration;
		}, "a duration such as PT1H");
	}

	/**
	 * Returns whole numbers.
	 * @param name the name of the parameter
	 * @return its values, or {@code null} if it is not there
	 * @throws IllegalArgumentException if they are none, or below 1
	 */
	public @Nullable List<Integer> counts(String name) {
		return read(name, (text) -> {
			List<Integer> counts = new ArrayList<>();
			for (String count : text.split(",")) {
				counts.add(positive(count.strip()));
			}
			return counts;
		}, "a list such as 1,10,100");
	}

}
