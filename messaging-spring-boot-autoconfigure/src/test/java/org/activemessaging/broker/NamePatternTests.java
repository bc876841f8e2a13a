package org.activemessaging.broker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Names with wildcards are read and compared as ActiveMQ does it.
 */
class NamePatternTests {

	@ParameterizedTest
	@CsvSource({ "Orders.*, Orders.eu", "Orders.>, Orders.eu", "Orders.>, Orders.eu.de", "Orders.>, Orders",
			">, Orders", "*.eu.*, Orders.eu.de", "Orders.*.>, Orders.eu", "A+B.*, A+B.c" })
	void nameMatches(String pattern, String name) {
		assertThat(NamePattern.of(pattern).matches(name)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "Orders.*, Orders", "Orders.*, Orders.eu.de", "Orders.*, orders.eu", "Orders.>, Orderss",
			"Orders.>, A.Orders", "*.eu, Orders.us", "Orders.*.>, Orders", "A+B.*, AAB.c", "Orders.*, Orders.>",
			"Orders.>, Orders.*" })
	void nameDoesNotMatch(String pattern, String name) {
		assertThat(NamePattern.of(pattern).matches(name)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "Ord*ers, mixes", "Orders.eu*, mixes", "Orders>, mixes", "Orders.**, mixes", ">.x, last",
			"Orders.>.eu, last", "Orders..*, no word", "Orders.*., no word", ".*, no word" })
	void malformedPatternIsRefused(String pattern, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> NamePattern.of(pattern)).withMessageContaining(reason);
	}

	@ParameterizedTest
	@CsvSource({ "Orders.*, Orders.>, true", "Orders.*.de, Orders.eu.*, true", "Orders.>, Orders, true", "*, >, true",
			"Orders.*, Orders.*.*, false", "Orders.eu.>, Orders.us.>, false", "Orders.*, Clicks.*, false",
			"Orders.*.>, Orders, false" })
	void patternsOverlapIfANameMatchesBoth(String one, String other, boolean overlap) {
		assertThat(NamePattern.of(one).overlaps(NamePattern.of(other))).isEqualTo(overlap);
		assertThat(NamePattern.of(other).overlaps(NamePattern.of(one))).isEqualTo(overlap);
	}

	@Test
	void patternIsTranslatedWordByWord() {
		assertThat(NamePattern.of("Orders.*.eu.>").translate("*", "#")).isEqualTo("Orders.*.eu.#");
		assertThat(NamePattern.of("Orders.*.>").translate("+", "#")).isEqualTo("Orders.+.#");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Orders", "Orders.eu", "a#b" })
	void plainNameIsNoPattern(String name) {
		assertThat(NamePattern.isPattern(name)).isFalse();
	}

}
