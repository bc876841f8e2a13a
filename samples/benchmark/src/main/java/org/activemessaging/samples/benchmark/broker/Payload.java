package org.activemessaging.samples.benchmark.broker;

/**
 * The text of a message: its number, the time it was meant to leave at, and a filling up
 * to the size of an average event.
 */
public final class Payload {

	private static final int NUMBER_END = 9;

	private static final int TIME_END = 29;

	private static final String FILLING = " a click, a search, an error: an event of an application".repeat(5)
		.substring(0, 270);

	private Payload() {
	}

	/**
	 * Creates a text of 300 characters.
	 * @param number the number of the message
	 * @param nanos the time, by {@link System#nanoTime()}
	 * @return the text
	 */
	public static String of(int number, long nanos) {
		StringBuilder text = new StringBuilder(TIME_END + 1 + FILLING.length());
		append(text, number, NUMBER_END);
		append(text, nanos, TIME_END);
		return text.append(FILLING).append('.').toString();
	}

	private static void append(StringBuilder text, long value, int end) {
		String digits = Long.toString(value);
		text.append(" ".repeat(end - text.length() - digits.length())).append(digits);
	}

	/**
	 * Reads the number of a message.
	 * @param text its text
	 * @return the number
	 */
	public static int number(String text) {
		return (int) parse(text, 0, NUMBER_END);
	}

	/**
	 * Reads the time of a message.
	 * @param text its text
	 * @return the time, by {@link System#nanoTime()}
	 */
	public static long nanos(String text) {
		return parse(text, NUMBER_END, TIME_END);
	}

	// Allocates nothing, as what is allocated for a message is measured.
	private static long parse(String text, int from, int to) {
		int begin = from;
		while (text.charAt(begin) == ' ') {
			begin++;
		}
		return Long.parseLong(text, begin, to, 10);
	}

}
