package org.activemessaging;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what somebody may have meant.
 *
 * @since 0.1.0
 */
public final class NearestMatch {

	private NearestMatch() {
	}

	/**
	 * Returns the nearest of the known names.
	 * @param name a name that is unknown
	 * @param known the names that are known
	 * @return the known name that takes the fewest edits (Levenshtein), if that is at
	 * most a third of its length and at least one
	 */
	public static Optional<String> of(String name, Collection<String> known) {
		return known.stream()
			.min(Comparator.comparingInt((candidate) -> distance(name, candidate)))
			.filter((candidate) -> distance(name, candidate) <= Math.max(1, candidate.length() / 3));
	}

	/**
	 * Describes what is allowed and what may have been meant.
	 * @param name a name that is unknown
	 * @param known the names that are known
	 * @return a text to follow a sentence, beginning with a blank
	 */
	public static String describe(String name, Collection<String> known) {
		if (known.isEmpty()) {
			return " There is none.";
		}
		List<String> sorted = known.stream().sorted().toList();
		return of(name, known).map((match) -> " Did you mean '" + match + "'?").orElse("") + " Known: "
				+ String.join(", ", sorted) + ".";
	}

	private static int distance(String left, String right) {
		int[] previous = new int[right.length() + 1];
		for (int j = 0; j <= right.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int[] current = new int[right.length() + 1];
			current[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int substitution = previous[j - 1] + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[right.length()];
	}

}
