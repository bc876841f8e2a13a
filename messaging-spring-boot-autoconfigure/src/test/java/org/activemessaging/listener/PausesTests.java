package org.activemessaging.listener;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pause ends with its last reason.
 */
class PausesTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			+OPERATOR,                               OPERATOR
			+OPERATOR -OPERATOR,
			+OPERATOR +BRAKE -BRAKE,                 OPERATOR
			+BRAKE +OPERATOR -OPERATOR,              BRAKE
			+OPERATOR +OPERATOR -OPERATOR,
			+OPERATOR +BRAKE +DRAIN -OPERATOR -BRAKE, DRAIN
			-BRAKE,
			+OPERATOR -DRAIN,                        OPERATOR
			+BRAKE -BRAKE +OPERATOR -BRAKE,          OPERATOR
			""")
	void pauseLastsAsLongAsThereIsAReason(String steps, String left) {
		Pauses pauses = new Pauses();
		for (String step : steps.strip().split(" ")) {
			PauseReason reason = PauseReason.valueOf(step.substring(1));
			if (step.startsWith("+")) {
				pauses.add(reason);
			}
			else {
				pauses.remove(reason);
			}
		}
		Set<PauseReason> expected = (left == null) ? Set.of()
				: Arrays.stream(left.strip().split(" ")).map(PauseReason::valueOf).collect(Collectors.toSet());
		assertThat(pauses.reasons()).isEqualTo(expected);
		assertThat(pauses.isPaused()).isEqualTo(!expected.isEmpty());
	}

	@Test
	@Timeout(10)
	void waitEndsWithTheLastReason() throws InterruptedException {
		Pauses pauses = new Pauses();
		pauses.add(PauseReason.OPERATOR);
		pauses.add(PauseReason.DRAIN);
		Thread waiting = new Thread(() -> pauses.await(() -> true, Duration.ofMinutes(1)));
		waiting.start();
		pauses.remove(PauseReason.DRAIN);
		waiting.join(100);
		assertThat(waiting.isAlive()).isTrue();
		pauses.remove(PauseReason.OPERATOR);
		waiting.join();
	}

	@Test
	@Timeout(10)
	void pauseOfARuleEndsByItselfAndEndsNoOther() {
		Pauses pauses = new Pauses();
		pauses.add(PauseReason.OPERATOR);
		pauses.addRule(Duration.ofMinutes(1));
		pauses.addRule(Duration.ofMillis(1));
		assertThat(pauses.reasons()).contains(PauseReason.RULE);
		pauses.remove(PauseReason.RULE);
		pauses.addRule(Duration.ofMillis(20));
		while (pauses.reasons().contains(PauseReason.RULE)) {
			Thread.onSpinWait();
		}
		assertThat(pauses.isPaused()).isTrue();
		pauses.remove(PauseReason.OPERATOR);
		pauses.addRule(Duration.ofMillis(20));
		pauses.await(() -> true, Duration.ofMinutes(1));
		assertThat(pauses.isPaused()).isFalse();
	}

	@Test
	@Timeout(10)
	void waitEndsWhenTheContainerStops() throws InterruptedException {
		Pauses pauses = new Pauses();
		pauses.add(PauseReason.OPERATOR);
		boolean[] running = { true };
		Thread waiting = new Thread(() -> pauses.await(() -> running[0], Duration.ofMinutes(1)));
		waiting.start();
		running[0] = false;
		while (waiting.isAlive()) {
			pauses.wake();
			waiting.join(10);
		}
		assertThat(pauses.isPaused()).isTrue();
	}

}
