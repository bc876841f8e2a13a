package org.activemessaging.samples.voyeur.search;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SearchIndex}.
 */
class SearchIndexTests {

	private final SearchIndex index = new SearchIndex(new Encyclopedia());

	@Test
	void searchFindsArticleByTitleFirst() {
		assertThat(titles("dead letter")).startsWith("Dead letter office");
		assertThat(titles("fax")).startsWith("Fax");
	}

	@Test
	void searchFindsArticleByText() {
		assertThat(titles("Strowger")).containsExactly("Telephone exchange");
	}

	@Test
	void searchIgnoresCaseAndForm() {
		assertThat(titles("QUEUES")).startsWith("Queueing").isEqualTo(titles("queueing"));
	}

	@Test
	void searchRanksRareWordAboveCommonOne() {
		assertThat(titles("message whistled")).startsWith("Whistled language");
	}

	@Test
	void searchForStopWordsOrNothingFindsNothing() {
		assertThat(titles("who is the")).isEmpty();
		assertThat(titles("")).isEmpty();
	}

	@Test
	void snippetMarksWordsOfQuery() {
		SearchIndex.Hit hit = this.index.search("undertaker").get(0);
		assertThat(hit.snippet().fragments()).filteredOn(Snippet.Fragment::match)
			.extracting(Snippet.Fragment::text)
			.containsExactly("undertaker");
	}

	@Test
	void snippetIsWholeSentence() {
		SearchIndex.Hit hit = this.index.search("undertaker").get(0);
		assertThat(hit.snippet().fragments()).extracting(Snippet.Fragment::text)
			.first()
			.asString()
			.startsWith("Almon Strowger");
	}

	private List<String> titles(String query) {
		return this.index.search(query).stream().map((hit) -> hit.article().title()).toList();
	}

}
