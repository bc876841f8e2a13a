package org.activemessaging.samples.voyeur.search;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Proposes what the visitor may have meant. Like every component it has its bad days: a
 * query about a toga brings it down.
 */
@Component
@Profile("!analytics")
final class Belushinator {

	private static final int SHORT_WORD = 4;

	private final SearchIndex index;

	Belushinator(SearchIndex index) {
		this.index = index;
	}

	/**
	 * Corrects a query word by word.
	 * @param query what the visitor typed
	 * @return the corrected query, or nothing when every word is known or none is similar
	 * to a known one
	 */
	Optional<String> suggest(String query) {
		if (Words.of(query).contains("toga")) {
			throw new IllegalStateException("Toga! Toga! Toga!");
		}
		String suggestion = Words.of(query).stream().map(this::correct).collect(Collectors.joining(" "));
		String input = String.join(" ", Words.of(query));
		return suggestion.equals(input) ? Optional.empty() : Optional.of(suggestion);
	}

	private String correct(String word) {
		if (this.index.knows(word)) {
			return word;
		}
		int limit = (word.length() <= SHORT_WORD) ? 1 : 2;
		Comparator<Map.Entry<String, Integer>> nearest = Comparator
			.comparingInt((known) -> EditDistance.between(word, known.getKey()));
		return this.index.vocabulary()
			.entrySet()
			.stream()
			.filter((known) -> EditDistance.between(word, known.getKey()) <= limit)
			.min(nearest.thenComparing(Map.Entry.<String, Integer>comparingByValue().reversed()))
			.map(Map.Entry::getKey)
			.orElse(word);
	}

}
