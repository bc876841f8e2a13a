package org.activemessaging.samples.voyeur.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The articles, read once from the class path. A file has a title, a summary and
 * paragraphs, with an empty line after each of the last two.
 */
@Component
@Profile("!analytics")
final class Encyclopedia {

	private final Map<String, Article> articles;

	Encyclopedia() {
		this.articles = read().stream().collect(Collectors.toUnmodifiableMap(Article::slug, Function.identity()));
	}

	Optional<Article> find(String slug) {
		return Optional.ofNullable(this.articles.get(slug));
	}

	Collection<Article> all() {
		return this.articles.values().stream().sorted(Comparator.comparing(Article::title)).toList();
	}

	private static List<Article> read() {
		try {
			Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:articles/*.md");
			return Arrays.stream(files).map(Encyclopedia::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Article read(Resource file) {
		try {
			String[] parts = file.getContentAsString(StandardCharsets.UTF_8).strip().split("\n", 2);
			List<String> paragraphs = Arrays.stream(parts[1].split("\n\n")).map(String::strip).toList();
			String name = Objects.requireNonNull(file.getFilename(), "an article has no file name");
			return new Article(name.substring(0, name.length() - ".md".length()), parts[0].substring(2).strip(),
					paragraphs.get(0), paragraphs.subList(1, paragraphs.size()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
