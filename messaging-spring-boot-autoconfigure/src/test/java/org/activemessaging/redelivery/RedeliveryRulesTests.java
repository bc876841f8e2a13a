package org.activemessaging.redelivery;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.activemessaging.RedeliveryRule.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedeliveryRules} and {@link FailurePattern}.
 */
class RedeliveryRulesTests {

	private static final RedeliveryPolicy POLICY = new RedeliveryPolicy(2, 3, Duration.ofSeconds(1), 4,
			Duration.ofMinutes(10), 0.2, 5);

	private static final Duration PAUSE = Duration.ofSeconds(30);

	@Test
	void firstRuleThatMatchesDecides() {
		RedeliveryRules rules = rules(rule(Action.DISCARD, FailurePattern.of(FileNotFoundException.class)),
				rule(Action.PAUSE, FailurePattern.of(IOException.class)),
				rule(Action.DEAD_LETTER, FailurePattern.of("*")));
		assertThat(decide(rules, new FileNotFoundException())).isEqualTo(new Decision.Discard(2));
		assertThat(decide(rules, new ConnectException())).isEqualTo(new Decision.Pause(1, PAUSE));
		assertThat(decide(rules, new IllegalStateException())).isEqualTo(new Decision.GiveUp(2));
	}

	@Test
	void causesAreSearchedForEachRuleBeforeTheNextRule() {
		RedeliveryRules rules = rules(rule(Action.DISCARD, FailurePattern.of(ConnectException.class)),
				rule(Action.DEAD_LETTER, FailurePattern.of(IllegalStateException.class)));
		IllegalStateException failure = new IllegalStateException(new RuntimeException(new ConnectException()));
		assertThat(decide(rules, failure)).isInstanceOf(Decision.Discard.class);
		assertThat(decide(rules, new RuntimeException(new IllegalStateException())))
			.isInstanceOf(Decision.GiveUp.class);
	}

	@Test
	void withoutAMatchThePolicyDecides() {
		RedeliveryRules rules = rules(rule(Action.DISCARD, FailurePattern.of(ConnectException.class)));
		assertThat(decide(rules, new IllegalStateException())).isEqualTo(new Decision.Immediately(2));
	}

	@Test
	void loopOfCausesEnds() {
		RuntimeException first = new RuntimeException();
		first.initCause(new RuntimeException(first));
		assertThat(decide(rules(rule(Action.DISCARD, FailurePattern.of(IOException.class))), first))
			.isEqualTo(new Decision.Immediately(2));
	}

	@ParameterizedTest
	@EnumSource(names = "HANDLER", mode = EnumSource.Mode.EXCLUDE)
	void whatIsNoFailureOfAHandlerIsDecidedAlready(FailureKind kind) {
		RedeliveryRules rules = rules(rule(Action.DISCARD, FailurePattern.of("*")));
		assertThat(rules.decide(kind, new RuntimeException(), 1, 0)).isEqualTo(POLICY.decide(kind, 1, 0));
	}

	@Test
	void redeliveringRuleHasNumbersOfItsOwn() {
		RedeliveryPolicy patient = new RedeliveryPolicy(0, 50, Duration.ofSeconds(10), 1, Duration.ofMinutes(1), 0.5,
				5);
		RedeliveryRules rules = rules(
				new FailureRule(List.of(FailurePattern.of(ConnectException.class)), Action.REDELIVER, patient, PAUSE));
		assertThat(rules.maxAttempts()).isEqualTo(51);
		for (int i = 0; i < 1000; i++) {
			Decision decision = rules.decide(FailureKind.HANDLER, new ConnectException(), 50,
					ThreadLocalRandom.current().nextDouble());
			assertThat(((Decision.Later) decision).delay()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
		}
		assertThat(rules.decide(FailureKind.HANDLER, new ConnectException(), 51, 0)).isEqualTo(new Decision.GiveUp(51));
	}

	@Test
	void onlyWhatIsTriedAgainMayBeAnOutage() {
		RedeliveryRules rules = rules(rule(Action.DISCARD, FailurePattern.of(FileNotFoundException.class)),
				rule(Action.REDELIVER, FailurePattern.of(IOException.class)));
		assertThat(rules.mayBeAnOutage(FailureKind.HANDLER, new FileNotFoundException())).isFalse();
		assertThat(rules.mayBeAnOutage(FailureKind.HANDLER, new ConnectException())).isTrue();
		assertThat(rules.mayBeAnOutage(FailureKind.HANDLER, new RuntimeException())).isTrue();
		assertThat(rules.mayBeAnOutage(FailureKind.ABORTED, new RuntimeException())).isTrue();
		assertThat(rules.mayBeAnOutage(FailureKind.REJECTED, new RuntimeException())).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "java.lang.Throwable, java.io.IOException, true", "java.lang.Throwable, *.IOException, true",
			"java.io.IOException, java.net.ConnectException, true",
			"java.net.ConnectException, java.io.IOException, false", "java.lang.Exception, java.io.*, false",
			"*, java.io.IOException, true", "java.*, java.io.IOException, false", "java.*, java.io.*, true",
			"java.io.*, java.*, false", "java.io.*, java.io.*, true" })
	void patternCoversAnother(String first, String second, boolean covers) throws ClassNotFoundException {
		assertThat(pattern(first).covers(pattern(second))).isEqualTo(covers);
	}

	@Test
	void patternIsForTheNameOfTheClassItself() {
		assertThat(FailurePattern.of("java.net.*").matches(new ConnectException())).isTrue();
		assertThat(FailurePattern.of("java.io.*").matches(new ConnectException())).isFalse();
		assertThat(FailurePattern.of("*.ConnectException").matches(new ConnectException())).isTrue();
		assertThat(FailurePattern.of(IOException.class).matches(new ConnectException())).isTrue();
	}

	@Test
	void rulesAreDescribedInTheirOrder() {
		RedeliveryRules rules = rules(rule(Action.PAUSE, FailurePattern.of(ConnectException.class)),
				rule(Action.REDELIVER, FailurePattern.of(IOException.class), FailurePattern.of("a.*")),
				rule(Action.DEAD_LETTER, FailurePattern.of("*")));
		assertThat(rules.describe()).isEqualTo("java.net.ConnectException: pause for 30 s;"
				+ " java.io.IOException, a.*: tried 12 times within 25 s; *: dead-letter");
	}

	private static FailurePattern pattern(String name) throws ClassNotFoundException {
		return name.contains("*") ? FailurePattern.of(name)
				: FailurePattern.of(Class.forName(name).asSubclass(Throwable.class));
	}

	private static Decision decide(RedeliveryRules rules, Throwable failure) {
		return rules.decide(FailureKind.HANDLER, failure, 2, 0);
	}

	private static FailureRule rule(Action action, FailurePattern... patterns) {
		return new FailureRule(List.of(patterns), action, POLICY, PAUSE);
	}

	private static RedeliveryRules rules(FailureRule... rules) {
		return new RedeliveryRules(POLICY, Arrays.asList(rules));
	}

}
