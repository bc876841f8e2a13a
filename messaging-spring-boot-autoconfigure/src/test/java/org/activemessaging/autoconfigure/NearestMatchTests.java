package org.activemessaging.autoconfigure;

import java.util.List;

import org.activemessaging.NearestMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NearestMatch}.
 */
class NearestMatchTests {

	private static final List<String> KNOWN = List.of("orders", "invoices", "clickstream", "a");

	@ParameterizedTest
	@CsvSource({ "ordres, orders", "order, orders", "orderss, orders", "clikcstream, clickstream",
			"click-stream, clickstream", "b, a", "invoice, invoices" })
	void nameWithFewEditsIsFound(String name, String expected) {
		assertThat(NearestMatch.of(name, KNOWN)).contains(expected);
	}

	@ParameterizedTest
	@CsvSource({ "payments", "ord", "xy", "stream" })
	void nameWithManyEditsIsNot(String name) {
		assertThat(NearestMatch.of(name, KNOWN)).isEmpty();
	}

	@Test
	void nothingIsNearWhereNothingIsKnown() {
		assertThat(NearestMatch.of("orders", List.of())).isEmpty();
		assertThat(NearestMatch.describe("orders", List.of())).isEqualTo(" There is none.");
	}

	@Test
	void descriptionHasTheMatchAndAllThatIsKnownInOrder() {
		assertThat(NearestMatch.describe("ordres", List.of("orders", "invoices")))
			.isEqualTo(" Did you mean 'orders'? Known: invoices, orders.");
		assertThat(NearestMatch.describe("payments", List.of("orders", "invoices")))
			.isEqualTo(" Known: invoices, orders.");
	}

}
