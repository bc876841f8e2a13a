package org.activemessaging.samples.voyeur.search;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Full-text search, ranked by BM25 over the title, the summary and the text.
 */
@Component
@Profile("!analytics")
final class SearchIndex {

	private static final double SATURATION = 1.2;

	private static final double LENGTH_WEIGHT = 0.75;

	private static final double TITLE_WEIGHT = 4;

	private static final double SUMMARY_WEIGHT = 2;

	private final Map<String, Map<Article, Double>> postings = new HashMap<>();

	private final Map<Article, Double> lengths = new HashMap<>();

	private final Map<String, Integer> vocabulary = new TreeMap<>();

	private final double averageLength;

	@Autowired
	SearchIndex(Encyclopedia encyclopedia) {
		this(encyclopedia.all());
	}

	SearchIndex(Collection<Article> articles) {
		for (Article article : articles) {
			add(article, article.title(), TITLE_WEIGHT);
			add(article, article.summary(), SUMMARY_WEIGHT);
			article.paragraphs().forEach((paragraph) -> add(article, paragraph, 1));
		}
		this.averageLength = this.lengths.values().stream().mapToDouble(Double::doubleValue).average().orElse(1);
	}

	private void add(Article article, String text, double weight) {
		for (String word : Words.of(text)) {
			this.postings.computeIfAbsent(Words.stem(word), (stem) -> new HashMap<>())
				.merge(article, weight, Double::sum);
			this.lengths.merge(article, weight, Double::sum);
			this.vocabulary.merge(word, 1, Integer::sum);
		}
	}

	/**
	 * Finds the articles for a query: those that contain any of its words, best first.
	 * @param query what the visitor typed
	 * @return the hits
	 */
	List<Hit> search(String query) {
		Set<String> stems = Words.of(query).stream().map(Words::stem).collect(Collectors.toSet());
		Map<Article, Double> scores = new HashMap<>();
		for (String stem : stems) {
			Map<Article, Double> articles = this.postings.getOrDefault(stem, Map.of());
			double rarity = Math.log(1 + (this.lengths.size() - articles.size() + 0.5) / (articles.size() + 0.5));
			articles.forEach(
					(article, frequency) -> scores.merge(article, rarity * weight(article, frequency), Double::sum));
		}
		return scores.entrySet()
			.stream()
			.sorted(Map.Entry.<Article, Double>comparingByValue()
				.reversed()
				.thenComparing(Map.Entry.comparingByKey(Comparator.comparing(Article::title))))
			.map((entry) -> new Hit(entry.getKey(), entry.getValue(), Snippet.of(entry.getKey(), stems)))
			.toList();
	}

	private double weight(Article article, double frequency) {
		double length = this.lengths.getOrDefault(article, this.averageLength) / this.averageLength;
		return frequency * (SATURATION + 1) / (frequency + SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length));
	}

	boolean knows(String word) {
		return this.postings.containsKey(Words.stem(word));
	}

	/**
	 * Returns the words of all articles.
	 * @return how often each occurs
	 */
	Map<String, Integer> vocabulary() {
		return this.vocabulary;
	}

	/**
	 * An article that was found.
	 *
	 * @param article the article
	 * @param score how well it fits
	 * @param snippet the sentence that fits best
	 */
	record Hit(Article article, double score, Snippet snippet) {

	}

}
