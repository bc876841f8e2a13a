package org.activemessaging.samples.voyeur.search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Belushinator}.
 */
class BelushinatorTests {

	private final Belushinator belushinator = new Belushinator(new SearchIndex(new Encyclopedia()));

	@ParameterizedTest
	@CsvSource({ "pigoen, pigeon", "telegrpah code, telegraph code", "lighthose, lighthouse", "morsse, morse" })
	void suggestCorrectsMisspeltWords(String query, String suggestion) {
		assertThat(this.belushinator.suggest(query)).contains(suggestion);
	}

	@ParameterizedTest
	@CsvSource({ "pigeon", "the pigeons", "xylophonist", "Queues" })
	void suggestWhenNothingIsBetterReturnsNothing(String query) {
		assertThat(this.belushinator.suggest(query)).isEmpty();
	}

	@Test
	void suggestFailsForToga() {
		assertThatIllegalStateException().isThrownBy(() -> this.belushinator.suggest("Toga party"));
	}

}
