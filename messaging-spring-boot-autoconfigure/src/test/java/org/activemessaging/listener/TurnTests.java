package org.activemessaging.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Duration LONG = Duration.ofSeconds(20);

	private final Object first = new Object();

	private final Object second = new Object();

	@Test
	void onlyOneHasTheTurn() {
		Turn turn = new Turn(LONG);
		assertThat(turn.take(this.first, SHORT)).isTrue();
		assertThat(turn.take(this.second, SHORT)).isFalse();
		turn.giveBack(this.first);
		assertThat(turn.take(this.second, SHORT)).isTrue();
	}

	@Test
	void whoWaitsGetsItAsSoonAsItIsGivenBack() throws Exception {
		Turn turn = new Turn(LONG);
		turn.take(this.first, SHORT);
		CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> turn.take(this.second, LONG));
		turn.giveBack(this.first);
		assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whoHasItForTooLongLosesIt() {
		Turn turn = new Turn(SHORT);
		turn.take(this.first, SHORT);
		assertThat(turn.take(this.second, LONG)).isTrue();
		turn.giveBack(this.first);
		assertThat(turn.take(new Object(), Duration.ofMillis(1))).isFalse();
	}

	@Test
	void interruptionEndsTheWait() {
		Turn turn = new Turn(LONG);
		turn.take(this.first, SHORT);
		Thread.currentThread().interrupt();
		assertThat(turn.take(this.second, LONG)).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
