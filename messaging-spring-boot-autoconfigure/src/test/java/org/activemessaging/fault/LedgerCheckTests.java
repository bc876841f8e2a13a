package org.activemessaging.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the checker makes of messages that are there twice: a publish that was repeated
 * may be two messages, and no other.
 */
class LedgerCheckTests {

	@Test
	void deadLetterThatIsThereTwiceIsDoubled() {
		assertThat(check(List.of("m-1", "m-1"), "A m-1 1 0").doubled()).containsExactly("m-1");
	}

	@Test
	void messageThatIsDoneAndADeadLetterIsDoubled() {
		assertThat(check(List.of("m-1"), "A m-1 1 0", "D m-1 1 0").doubled()).containsExactly("m-1");
	}

	@Test
	void repeatedPublishMayBeTwoMessages() {
		assertThat(check(List.of("m-1", "m-1"), "T m-1 1 0", "A m-1 1 0").doubled()).isEmpty();
		assertThat(check(List.of("m-1"), "T m-1 1 0", "A m-1 1 0", "D m-1 1 0").doubled()).isEmpty();
	}

	@Test
	void repeatedPublishIsNotMoreMessagesThanItWasSent() {
		assertThat(check(List.of("m-1", "m-1", "m-1"), "T m-1 1 0", "A m-1 1 0").doubled()).containsExactly("m-1");
		assertThat(check(List.of("m-1", "m-1"), "T m-1 1 0", "A m-1 1 0", "D m-1 1 0").doubled())
			.containsExactly("m-1");
	}

	@Test
	void repeatedPublishOfAnotherMessageExcusesNothing() {
		assertThat(check(List.of("m-1", "m-1"), "T m-2 1 0", "A m-2 1 0", "A m-1 1 0", "U m-1 1 0").doubled())
			.containsExactly("m-1");
	}

	private static Verdict check(List<String> deadLetters, String... ledger) {
		return LedgerCheck.check(Arrays.stream(ledger).map(LedgerEntry::of).toList(),
				new Remains(List.of(), deadLetters, Map.of(), List.of()), List.of());
	}

}
