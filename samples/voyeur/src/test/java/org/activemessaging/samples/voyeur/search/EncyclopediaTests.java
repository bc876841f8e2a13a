package org.activemessaging.samples.voyeur.search;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Encyclopedia}.
 */
class EncyclopediaTests {

	private final Encyclopedia encyclopedia = new Encyclopedia();

	@Test
	void everyArticleIsComplete() {
		assertThat(this.encyclopedia.all()).hasSize(25).allSatisfy((article) -> {
			assertThat(article.title()).isNotBlank().doesNotContain("#");
			assertThat(article.summary()).endsWith(".");
			assertThat(article.paragraphs()).hasSizeGreaterThan(1);
		});
	}

	@Test
	void findReturnsArticleBySlug() {
		assertThat(this.encyclopedia.find("telex"))
			.hasValueSatisfying((article) -> assertThat(article.title()).isEqualTo("Telex"));
	}

	@Test
	void findWhenUnknownReturnsNothing() {
		assertThat(this.encyclopedia.find("../application")).isEmpty();
	}

}
