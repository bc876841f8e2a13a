package org.activemessaging.listener;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Lanes}.
 */
class LanesTests {

	private final Threads threads = new Threads("test", false);

	private final Lanes lanes = new Lanes(this.threads.lanes(4));

	private final List<String> done = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.threads.close();
	}

	@Test
	void workOfOneKeyIsDoneInOrder() throws InterruptedException {
		for (int i = 0; i < 300; i++) {
			add((i % 2 == 0) ? "a" : "b", i % 2 + " " + i / 2, true);
		}
		this.lanes.await();
		for (String key : List.of("0", "1")) {
			List<String> ofKey = this.done.stream().filter((text) -> text.startsWith(key)).toList();
			assertThat(ofKey).hasSize(150);
			assertThat(ofKey.get(0)).isEqualTo(key + " 0");
			assertThat(ofKey.get(149)).isEqualTo(key + " 149");
			assertThat(ofKey).isSortedAccordingTo((one, other) -> number(one) - number(other));
		}
	}

	@Test
	void workOfDifferentKeysAndOfNoneIsDoneAtOnce() throws InterruptedException {
		CountDownLatch all = new CountDownLatch(4);
		AtomicBoolean met = new AtomicBoolean(true);
		for (String key : new String[] { "a", "b", null, null }) {
			this.lanes.add(key, () -> {
				all.countDown();
				if (!await(all)) {
					met.set(false);
				}
				return true;
			});
		}
		this.lanes.await();
		assertThat(met).isTrue();
	}

	@Test
	void workBehindAFailureOfItsKeyIsLeftAlone() throws InterruptedException {
		CountDownLatch added = new CountDownLatch(1);
		this.lanes.add("a", () -> !await(added));
		add("a", "a1", true);
		add("b", "b0", true);
		added.countDown();
		this.lanes.await();
		add("a", "a2", true);
		this.lanes.await();
		assertThat(this.done).containsExactly("b0");
	}

	@Test
	void errorIsNotKept() {
		this.lanes.add("a", () -> {
			throw new IllegalArgumentException("on purpose");
		});
		assertThatIllegalStateException().isThrownBy(this.lanes::await)
			.withRootCauseInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void interruptionEndsTheWork() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		this.lanes.add(null, () -> {
			if (!await(new CountDownLatch(1))) {
				interrupted.countDown();
			}
			return true;
		});
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.lanes::await);
		assertThat(Thread.interrupted()).isFalse();
	}

	private void add(String key, String text, boolean result) {
		this.lanes.add(key, () -> {
			this.done.add(text);
			return result;
		});
	}

	private static int number(String text) {
		return Integer.parseInt(text.substring(2));
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
