package org.activemessaging.broker;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name with wildcards, in the syntax of ActiveMQ, whatever the broker: words separated
 * by dots, {@code *} for one word, and {@code >} at the end for the rest, which may be
 * nothing. Adapters translate it for their brokers.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://activemq.apache.org/components/classic/documentation/wildcards">Wildcards</a>
 */
public final class NamePattern {

	private static final String WORD = "*";

	private static final String REST = ">";

	private final List<String> words;

	private final Pattern regex;

	private NamePattern(List<String> words) {
		this.words = words;
		boolean open = words.get(words.size() - 1).equals(REST);
		String fixed = words.stream()
			.limit(open ? words.size() - 1 : words.size())
			.map((word) -> word.equals(WORD) ? "[^.]+" : Pattern.quote(word))
			.collect(Collectors.joining("\\."));
		this.regex = Pattern.compile(!open ? fixed : fixed.isEmpty() ? ".+" : fixed + "(\\..+)?");
	}

	/**
	 * Tells whether a name has a wildcard, well-formed or not.
	 * @param name the name of a queue, a topic or a virtual topic
	 * @return whether it contains {@code *} or {@code >}
	 */
	public static boolean isPattern(String name) {
		return name.contains(WORD) || name.contains(REST);
	}

	/**
	 * Reads a pattern.
	 * @param name the name with wildcards
	 * @return the pattern
	 * @throws IllegalArgumentException if it is malformed; its message says what is
	 * allowed
	 */
	public static NamePattern of(String name) {
		List<String> words = Arrays.asList(name.split("\\.", -1));
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i);
			if (word.isEmpty()) {
				throw new IllegalArgumentException("there is no word between two dots, or at an end");
			}
			if (isPattern(word) && word.length() > 1) {
				throw new IllegalArgumentException(
						"'" + word + "' mixes a wildcard with other characters, but '*' and '>' stand for whole words");
			}
			if (word.equals(REST) && i < words.size() - 1) {
				throw new IllegalArgumentException("'>' stands for all words from there on, so it must be the last");
			}
		}
		return new NamePattern(words);
	}

	/**
	 * Tells whether this pattern begins with a wildcard.
	 * @return whether it names places of any first word
	 */
	public boolean isOpenAtTheBeginning() {
		return isPattern(this.words.get(0));
	}

	/**
	 * Tells whether a name matches.
	 * @param name a name; one with wildcards never matches
	 * @return whether it does
	 */
	public boolean matches(String name) {
		return !isPattern(name) && this.regex.matcher(name).matches();
	}

	/**
	 * Tells whether there are names that match this and another pattern.
	 * @param other the other one
	 * @return whether a message can be meant by both
	 */
	public boolean overlaps(NamePattern other) {
		return overlap(this.words, other.words);
	}

	private static boolean overlap(List<String> one, List<String> other) {
		boolean oneIsOpen = !one.isEmpty() && one.get(0).equals(REST);
		boolean otherIsOpen = !other.isEmpty() && other.get(0).equals(REST);
		if (oneIsOpen || otherIsOpen || one.isEmpty() || other.isEmpty()) {
			return oneIsOpen || otherIsOpen || one.equals(other);
		}
		String word = one.get(0);
		boolean fits = word.equals(WORD) || other.get(0).equals(WORD) || word.equals(other.get(0));
		return fits && overlap(one.subList(1, one.size()), other.subList(1, other.size()));
	}

	/**
	 * Writes this pattern as a broker wants it, whose wildcards stand for as much.
	 * @param word what stands for one word
	 * @param rest what stands for all words from there on
	 * @return the pattern in the syntax of the broker
	 */
	public String translate(String word, String rest) {
		return this.words.stream()
			.map((each) -> each.equals(WORD) ? word : each.equals(REST) ? rest : each)
			.collect(Collectors.joining("."));
	}

	@Override
	public String toString() {
		return String.join(".", this.words);
	}

}
