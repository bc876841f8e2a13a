package org.activemessaging.samples.benchmark.process;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A line between the benchmark and a worker: a word, and values by name.
 *
 * @param name the word
 * @param values the values
 */
public record Order(String name, Map<String, String> values) {

	/**
	 * Creates an order.
	 * @param name the word
	 * @param values the values
	 */
	public Order {
		values = Map.copyOf(values);
	}

	/**
	 * Reads an order.
	 * @param line a line
	 * @return the order
	 */
	public static Order parse(String line) {
		String[] words = line.split(" ");
		Map<String, String> values = new LinkedHashMap<>();
		for (int i = 1; i < words.length; i++) {
			String[] parts = words[i].split("=", 2);
			values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		return new Order(words[0], values);
	}

	/**
	 * Writes the order.
	 * @return a line
	 */
	public String format() {
		return this.name + this.values.entrySet()
			.stream()
			.map((entry) -> " " + entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining());
	}

	/**
	 * Returns a copy with one value more.
	 * @param name its name
	 * @param value the value
	 * @return the copy
	 */
	public Order with(String name, Object value) {
		Map<String, String> more = new LinkedHashMap<>(this.values);
		more.put(name, value.toString());
		return new Order(this.name, more);
	}

	/**
	 * Returns a text.
	 * @param name its name
	 * @return the value
	 */
	public String text(String name) {
		String value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("There is no '" + name + "' in " + this);
		}
		return value;
	}

	/**
	 * Returns a text.
	 * @param name its name
	 * @param fallback what to return if there is none
	 * @return the value
	 */
	public String text(String name, String fallback) {
		return this.values.getOrDefault(name, fallback);
	}

	/**
	 * Returns a whole number.
	 * @param name its name
	 * @return the value
	 */
	public int number(String name) {
		return Integer.parseInt(text(name));
	}

	/**
	 * Returns a number.
	 * @param name its name
	 * @return the value
	 */
	public double decimal(String name) {
		return Double.parseDouble(text(name));
	}

}
