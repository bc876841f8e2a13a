package org.activemessaging.samples.voyeur.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * The sentence of an article that fits a query best, with the words of the query marked.
 *
 * @param fragments the pieces of the sentence
 */
record Snippet(List<Fragment> fragments) {

	Snippet {
		fragments = List.copyOf(fragments);
	}

	static Snippet of(Article article, Set<String> stems) {
		String sentence = Stream.concat(Stream.of(article.summary()), article.paragraphs().stream())
			.flatMap((paragraph) -> Arrays.stream(paragraph.split("(?<=[.?!]) ")))
			.max(Comparator.comparingLong((candidate) -> matches(candidate, stems)))
			.orElse(article.summary());
		// The first of equals is the summary, which says most about the article.
		boolean better = matches(sentence, stems) > matches(article.summary(), stems);
		return new Snippet(split(better ? sentence : article.summary(), stems));
	}

	private static long matches(String sentence, Set<String> stems) {
		return Words.of(sentence).stream().map(Words::stem).filter(stems::contains).distinct().count();
	}

	private static List<Fragment> split(String sentence, Set<String> stems) {
		List<Fragment> fragments = new ArrayList<>();
		int end = 0;
		Matcher words = Words.WORD.matcher(sentence);
		while (words.find()) {
			if (stems.contains(Words.stem(Words.fold(words.group())))) {
				fragments.add(new Fragment(sentence.substring(end, words.start()), false));
				fragments.add(new Fragment(words.group(), true));
				end = words.end();
			}
		}
		fragments.add(new Fragment(sentence.substring(end), false));
		return fragments;
	}

	/**
	 * A piece of a sentence.
	 *
	 * @param text the text
	 * @param match whether it is a word of the query
	 */
	record Fragment(String text, boolean match) {

	}

}
