package org.activemessaging.publisher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Company}.
 */
class CompanyTests {

	private static final long LONG = TimeUnit.HOURS.toNanos(1);

	private final Company company = new Company();

	@ParameterizedTest(name = "of {0} are {1} waited for")
	@CsvSource({ "1, 0", "2, 2", "3, 3", "4, 4", "7, 4", "8, 4", "9, 4", "10, 5", "32, 16" })
	void fewAreWaitedForCompletelyAndManyUntilHalfOfThemAreThere(int all, int worth) {
		assertThat(Company.worthWaitingFor(all)).isEqualTo(worth);
	}

	@Test
	void theWaitIsAQuarterOfTheLastTransactionAndOneMillisecondAtMost() {
		assertThat(Company.longest(400_000)).isEqualTo(100_000);
		assertThat(Company.longest(LONG)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
	}

	@Test
	void theWaitEndsWhetherOrNotAnybodyComes() {
		CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> this.company.await(32, LONG));
		await().atMost(Duration.ofSeconds(10)).until(waiting::isDone);
	}

	@Test
	void whoIsInterruptedWaitsNoMore() {
		Thread.currentThread().interrupt();
		this.company.await(32, LONG);
		assertThat(Thread.interrupted()).isTrue();
	}

}
