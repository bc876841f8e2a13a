package org.activemessaging.listener;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RateLimit} and {@link Rate}.
 */
class RateLimitTests {

	private final AtomicLong now = new AtomicLong();

	@ParameterizedTest
	@CsvSource({ "50/s, 50, PT1S, 50/s", "600/m, 600, PT1M, 600/m", "' 1 / h ', 1, PT1H, 1/h" })
	void rateIsRead(String text, int messages, Duration per, String shown) {
		assertThat(Rate.parse(text)).isEqualTo(new Rate(messages, per)).hasToString(shown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "50", "0/s", "-1/s", "50/d", "50 per s", "1.5/s", "9999999999/s" })
	void whatIsNoRateIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text)).withMessageContaining("'" + text + "'");
	}

	@Test
	void asManyAreTakenAsTheTimeAllows() {
		RateLimit limit = limit("50/s", 1);
		int taken = 0;
		for (int millis = 0; millis < 10_000; millis++) {
			this.now.addAndGet(1_000_000);
			taken += limit.tryTake() ? 1 : 0;
		}
		assertThat(taken).isBetween(499, 501);
	}

	@Test
	void whatWasNotUsedIsKeptForATenthOfASecondOnly() {
		RateLimit limit = limit("50/s", 1);
		this.now.addAndGet(Duration.ofHours(1).toNanos());
		assertThat(takeAll(limit)).isEqualTo(5);
	}

	@Test
	void slowRateKeepsOneForEachMessageThatIsHandledAtOnce() {
		RateLimit limit = limit("10/m", 4);
		this.now.addAndGet(Duration.ofHours(1).toNanos());
		assertThat(takeAll(limit)).isEqualTo(4);
	}

	@Test
	void waitIsAsLongAsTheNextTokenTakes() {
		RateLimit limit = limit("10/m", 1);
		assertThat(limit.tryTake()).isTrue();
		assertThat(limit.take(Duration.ofSeconds(10), this::sleep)).isTrue();
		assertThat(Duration.ofNanos(this.now.get())).isBetween(Duration.ofSeconds(6), Duration.ofMillis(6002));
		assertThat(limit.waiting()).isZero();
	}

	@Test
	void waitEndsWithItsTimeAndWhenNothingIsTakenAnyMore() {
		RateLimit limit = limit("10/m", 1);
		assertThat(limit.tryTake()).isTrue();
		assertThat(limit.take(Duration.ofSeconds(1), this::sleep)).isFalse();
		assertThat(Duration.ofNanos(this.now.get())).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1002));
		assertThat(limit.take(Duration.ofHours(1), (duration) -> false)).isFalse();
	}

	@Test
	void tokenThatWasGivenBackIsThere() {
		RateLimit limit = limit("10/m", 1);
		assertThat(limit.tryTake()).isTrue();
		limit.giveBack();
		limit.giveBack();
		assertThat(takeAll(limit)).isOne();
	}

	@Test
	void withoutARateNobodyWaits() {
		RateLimit limit = new RateLimit(null, 1, this.now::get);
		for (int i = 0; i < 1000; i++) {
			assertThat(limit.take(Duration.ZERO, (duration) -> false)).isTrue();
		}
	}

	private boolean sleep(Duration duration) {
		this.now.addAndGet(duration.toNanos());
		return true;
	}

	private static int takeAll(RateLimit limit) {
		int taken = 0;
		while (limit.tryTake()) {
			taken++;
		}
		return taken;
	}

	private RateLimit limit(String rate, int atOnce) {
		return new RateLimit(Rate.parse(rate), atOnce, this.now::get);
	}

}
