package org.activemessaging.autoconfigure;

import org.activemessaging.listener.Concurrency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Concurrency}.
 */
class ConcurrencyTests {

	@ParameterizedTest
	@CsvSource({ "1, 1, 1, 1", "8, 8, 8, 8", "1-4, 1, 4, 1-4", "3-3, 3, 3, 3", "' 2 - 16 ', 2, 16, 2-16",
			"9999, 9999, 9999, 9999" })
	void numberOrRangeIsRead(String text, int min, int max, String shown) {
		assertThat(Concurrency.parse(text)).isEqualTo(new Concurrency(min, max)).hasToString(shown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "0", "0-4", "4-1", "-1", "-1-4", "1-", "-", "a", "1.5", "1-4-8", "1,4", "10000",
			"99999999999", "1 4", "٣" })
	void anythingElseIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Concurrency.parse(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("a range such as 1-4");
	}

}
