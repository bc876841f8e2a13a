package org.activemessaging.listener;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many messages a processor handles at once.
 *
 * @param min the number of consumers that are always there
 * @param max the number of consumers when there is much to do
 * @since 0.1.0
 */
public record Concurrency(int min, int max) {

	private static final Pattern PATTERN = Pattern.compile("\\s*(\\d{1,4})\\s*(?:-\\s*(\\d{1,4})\\s*)?");

	/**
	 * Reads a concurrency.
	 * @param text {@code n} or {@code min-max}
	 * @return the concurrency
	 * @throws IllegalArgumentException if the text is neither
	 */
	public static Concurrency parse(String text) {
		Matcher matcher = PATTERN.matcher(text);
		if (matcher.matches()) {
			int min = Integer.parseInt(matcher.group(1));
			int max = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : min;
			if (min >= 1 && min <= max) {
				return new Concurrency(min, max);
			}
		}
		throw new IllegalArgumentException(
				"'" + text + "' is not a concurrency: a number from 1, or a range such as 1-4, is allowed");
	}

	@Override
	public String toString() {
		return (this.min == this.max) ? String.valueOf(this.min) : this.min + "-" + this.max;
	}

}
