package org.activemessaging.samples.voyeur.search;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Splits English text into words, and words into what they have in common with their
 * other forms.
 */
final class Words {

	static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Set<String> STOP_WORDS = Set.of("a", "an", "and", "are", "as", "at", "be", "by", "for", "from",
			"had", "has", "have", "he", "his", "how", "in", "is", "it", "its", "not", "of", "on", "or", "s", "so",
			"that", "the", "their", "them", "they", "this", "to", "was", "were", "what", "when", "where", "which",
			"who", "why", "with");

	private Words() {
	}

	/**
	 * Returns the words of a text that say something.
	 * @param text the text
	 * @return the words in lower case, without accents and stop words
	 */
	static List<String> of(String text) {
		return WORD.matcher(text)
			.results()
			.map(MatchResult::group)
			.map(Words::fold)
			.filter((word) -> !STOP_WORDS.contains(word))
			.toList();
	}

	static String fold(String word) {
		return MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD)).replaceAll("").toLowerCase(Locale.ROOT);
	}

	/**
	 * Cuts the ending of a word, so that {@code queue}, {@code queues} and
	 * {@code queueing} meet.
	 * @param word a word in lower case
	 * @return its stem
	 */
	static String stem(String word) {
		String stem = word;
		if (stem.length() > 4 && stem.endsWith("ies")) {
			return stem.substring(0, stem.length() - 3) + "y";
		}
		if (stem.length() > 3 && stem.endsWith("s") && !stem.endsWith("ss") && !stem.endsWith("us")
				&& !stem.endsWith("is")) {
			stem = stem.substring(0, stem.length() - 1);
		}
		if (stem.length() > 5 && stem.endsWith("ing")) {
			stem = single(stem.substring(0, stem.length() - 3));
		}
		else if (stem.length() > 4 && stem.endsWith("ed")) {
			stem = single(stem.substring(0, stem.length() - 2));
		}
		return (stem.length() > 3 && stem.endsWith("e")) ? stem.substring(0, stem.length() - 1) : stem;
	}

	private static String single(String stem) {
		int end = stem.length() - 1;
		boolean doubled = end > 2 && stem.charAt(end) == stem.charAt(end - 1) && "lsz".indexOf(stem.charAt(end)) < 0;
		return doubled ? stem.substring(0, end) : stem;
	}

}
