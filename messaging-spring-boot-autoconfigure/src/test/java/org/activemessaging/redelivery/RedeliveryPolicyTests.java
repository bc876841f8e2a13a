package org.activemessaging.redelivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedeliveryPolicy}.
 */
class RedeliveryPolicyTests {

	private static final Duration MAX = Duration.ofMinutes(10);

	// Two more tries at once, three rounds after 1 s, 4 s and 16 s.
	private final RedeliveryPolicy policy = new RedeliveryPolicy(2, 3, Duration.ofSeconds(1), 4, MAX, 0, 5);

	@ParameterizedTest
	@CsvSource({ "1, immediately 1", "2, immediately 2", "3, later 3 PT1S", "4, immediately 4", "5, immediately 5",
			"6, later 6 PT4S", "7, immediately 7", "8, immediately 8", "9, later 9 PT16S", "10, immediately 10",
			"11, immediately 11", "12, give up 12", "15, give up 15" })
	void failureOfHandlerIsTriedAtOnceThenLaterThenGivenUp(int attempt, String expected) {
		assertThat(describe(this.policy.decide(FailureKind.HANDLER, attempt, 0))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "1, later 3 PT1S", "2, later 3 PT1S", "3, later 3 PT1S", "4, later 6 PT4S", "6, later 6 PT4S",
			"7, later 9 PT16S", "9, later 9 PT16S", "10, give up 12", "12, give up 12" })
	void abortedMessageSkipsTheRestOfItsRound(int attempt, String expected) {
		assertThat(describe(this.policy.decide(FailureKind.ABORTED, attempt, 0))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "REJECTED, 1", "REJECTED, 2", "UNCONVERTIBLE, 1", "UNCONVERTIBLE, 7" })
	void whatNoRedeliveryCanHelpIsGivenUpAtOnce(FailureKind kind, int attempt) {
		assertThat(this.policy.decide(kind, attempt, 0)).isEqualTo(new Decision.GiveUp(attempt));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, give up 1", "0, 2, later 1 PT1S", "3, 0, immediately 1" })
	void firstFailureFollowsFromTheNumbersOfTries(int immediate, int delayed, String expected) {
		RedeliveryPolicy policy = new RedeliveryPolicy(immediate, delayed, Duration.ofSeconds(1), 4, MAX, 0, 5);
		assertThat(describe(policy.decide(FailureKind.HANDLER, 1, 0))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "0, 3", "2, 0", "2, 5", "7, 1" })
	void messageIsTriedAsOftenAsMaxAttemptsSays(int immediate, int delayed) {
		RedeliveryPolicy policy = new RedeliveryPolicy(immediate, delayed, Duration.ofSeconds(1), 4, MAX, 0, 5);
		int tries = 1;
		Decision decision = policy.decide(FailureKind.HANDLER, 1, 0);
		while (!(decision instanceof Decision.GiveUp)) {
			tries++;
			decision = policy.decide(FailureKind.HANDLER, decision.attempt() + 1, 0);
		}
		assertThat(tries).isEqualTo(policy.maxAttempts()).isEqualTo((immediate + 1) * (delayed + 1));
	}

	@Test
	void abortedMessageIsTriedOncePerRound() {
		List<String> decisions = new ArrayList<>();
		Decision decision = this.policy.decide(FailureKind.ABORTED, 1, 0);
		while (!(decision instanceof Decision.GiveUp)) {
			decisions.add(describe(decision));
			decision = this.policy.decide(FailureKind.ABORTED, decision.attempt() + 1, 0);
		}
		assertThat(decisions).containsExactly("later 3 PT1S", "later 6 PT4S", "later 9 PT16S");
	}

	@Test
	void delayGrowsUpToTheLongest() {
		RedeliveryPolicy policy = new RedeliveryPolicy(0, 100, Duration.ofSeconds(1), 10, Duration.ofSeconds(30), 0, 5);
		assertThat(delayOf(policy, 2, 0)).isEqualTo(Duration.ofSeconds(10));
		assertThat(delayOf(policy, 3, 0)).isEqualTo(Duration.ofSeconds(30));
		assertThat(delayOf(policy, 99, 0)).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void delayStaysTheSameWithMultiplierOne() {
		RedeliveryPolicy policy = new RedeliveryPolicy(0, 5, Duration.ofSeconds(7), 1, MAX, 0, 5);
		assertThat(List.of(delayOf(policy, 1, 0), delayOf(policy, 5, 0))).containsOnly(Duration.ofSeconds(7));
	}

	@Test
	void delayDoesNotOverflow() {
		RedeliveryPolicy policy = new RedeliveryPolicy(0, 1000, Duration.ofDays(1), 100, MAX, 0.2, 5);
		assertThat(delayOf(policy, 1000, 0)).isEqualTo(MAX);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.25, 0.5, 1 })
	void jitterMakesDelayLongerButNeverShorter(double random) {
		RedeliveryPolicy policy = new RedeliveryPolicy(0, 1, Duration.ofSeconds(10), 1, MAX, 0.2, 5);
		assertThat(delayOf(policy, 1, random)).isEqualTo(Duration.ofMillis(Math.round(10_000 + 2_000 * random)));
	}

	private static Duration delayOf(RedeliveryPolicy policy, int attempt, double random) {
		assertThat(policy.decide(FailureKind.HANDLER, attempt, random)).isInstanceOf(Decision.Later.class);
		return ((Decision.Later) policy.decide(FailureKind.HANDLER, attempt, random)).delay();
	}

	private static String describe(Decision decision) {
		if (decision instanceof Decision.Later later) {
			return "later " + later.attempt() + " " + later.delay();
		}
		return ((decision instanceof Decision.GiveUp) ? "give up " : "immediately ") + decision.attempt();
	}

}
