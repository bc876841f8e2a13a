package org.activemessaging.listener;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pace}.
 */
class PaceTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void windowBeginsWithOneMessage() {
		assertThat(new Pace(WindowSettings.auto(1, 100, SECOND)).window()).isOne();
	}

	@ParameterizedTest
	@CsvSource({ "0, 100", "10us, 100", "1ms, 100", "2ms, 50", "20ms, 5", "50ms, 2", "51ms, 1", "100ms, 1", "10s, 1" })
	void slowerProcessorHasSmallerWindow(String cost, int window) {
		assertThat(pace(WindowSettings.auto(1, 100, SECOND), cost).window()).isEqualTo(window);
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1s, 10us, 1000", "1000, 1s, 1ms, 100", "1000, 10s, 1ms, 1000", "1, 1s, 0, 1",
			"100, 100ms, 1ms, 10", "100, 1ms, 1ms, 1" })
	void windowKeepsToItsLimits(int max, String time, String cost, int window) {
		assertThat(pace(WindowSettings.auto(1, max, duration(time)), cost).window()).isEqualTo(window);
	}

	@Test
	void consumerWithLanesHasAMessageForEach() {
		assertThat(new Pace(WindowSettings.auto(8, 100, SECOND)).window()).isEqualTo(8);
		assertThat(pace(WindowSettings.auto(8, 100, SECOND), "10s").window()).isEqualTo(8);
	}

	@ParameterizedTest
	@CsvSource({ "1, 0", "10, 10us", "10, 10s" })
	void fixedWindowIsTheSameForAll(int size, String cost) {
		Pace pace = pace(WindowSettings.fixed(size), cost);
		assertThat(pace.window()).isEqualTo(size);
		assertThat(pace.isWorthwhile(size, true)).isFalse();
	}

	@Test
	void windowGrowsFromASlowFirstMessageToTheLargestWithinTenTransactions() {
		Pace pace = pace(WindowSettings.auto(1, 100, SECOND), "200ms");
		int transactions = 0;
		while (pace.window() < 100 && transactions < 100) {
			pace.took(pace.window(), pace.window() * duration("20us").toNanos());
			transactions++;
		}
		assertThat(transactions).isLessThanOrEqualTo(10);
	}

	@Test
	void windowShrinksWithTheFirstMessageThatIsSlow() {
		Pace pace = pace(WindowSettings.auto(1, 100, SECOND), "10us");
		pace.took(1, duration("500ms").toNanos());
		assertThat(pace.window()).isOne();
		assertThat(pace.isWorthwhile(100, true)).isTrue();
	}

	@Test
	void oneSlowMessageAmongManyChangesLittle() {
		Pace pace = pace(WindowSettings.auto(1, 100, SECOND), "10us");
		pace.took(100, duration("60ms").toNanos());
		assertThat(pace.window()).isEqualTo(100);
	}

	@ParameterizedTest
	@CsvSource({ "1, true, 10us, true", "1, true, 20ms, true", "2, true, 20ms, false", "1, true, 50ms, false",
			"5, true, 20ms, false", "16, true, 2ms, false", "40, true, 1ms, true", "40, false, 1ms, false",
			"100, true, 1ms, false", "100, true, 3ms, false", "100, true, 4ms, true", "100, false, 4ms, true",
			"3, false, 200ms, true" })
	void consumerIsOpenedAnewWhenItIsWorthIt(int prefetch, boolean used, String cost, boolean expected) {
		Pace pace = pace(WindowSettings.auto(1, 100, SECOND), cost);
		assertThat(pace.isWorthwhile(prefetch, used)).isEqualTo(expected);
	}

	private static Pace pace(WindowSettings settings, String cost) {
		Pace pace = new Pace(settings);
		pace.took(1, duration(cost).toNanos());
		return pace;
	}

	private static Duration duration(String text) {
		if (text.endsWith("us")) {
			return Duration.ofNanos(1000 * Long.parseLong(text.substring(0, text.length() - 2)));
		}
		if (text.endsWith("ms")) {
			return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
		}
		return Duration.ofSeconds(Long.parseLong(text.replace("s", "")));
	}

}
