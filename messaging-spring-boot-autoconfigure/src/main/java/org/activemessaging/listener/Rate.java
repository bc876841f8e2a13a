package org.activemessaging.listener;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many messages there may be in a time.
 *
 * @param messages the number of messages
 * @param per the time: a second, a minute or an hour
 * @since 0.1.0
 */
public record Rate(int messages, Duration per) {

	private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*/\\s*([smh])");

	/**
	 * Reads a rate.
	 * @param text a number from 1, a slash, and {@code s}, {@code m} or {@code h}
	 * @return the rate
	 * @throws IllegalArgumentException if the text is something else
	 */
	public static Rate parse(String text) {
		Matcher matcher = FORM.matcher(text.strip());
		if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
			throw new IllegalArgumentException("'" + text
					+ "' is no rate: a number from 1, and '/s', '/m' or '/h' for a second, a minute or an hour");
		}
		return new Rate(Integer.parseInt(matcher.group(1)), switch (matcher.group(2)) {
			case "s" -> Duration.ofSeconds(1);
			case "m" -> Duration.ofMinutes(1);
			default -> Duration.ofHours(1);
		});
	}

	/**
	 * Returns how many messages there may be in another time.
	 * @param time the time
	 * @return the number, with fractions
	 */
	public double in(Duration time) {
		return this.messages * (double) time.toNanos() / this.per.toNanos();
	}

	@Override
	public String toString() {
		return this.messages + "/" + switch ((int) this.per.toSeconds()) {
			case 1 -> "s";
			case 60 -> "m";
			default -> "h";
		};
	}

}
