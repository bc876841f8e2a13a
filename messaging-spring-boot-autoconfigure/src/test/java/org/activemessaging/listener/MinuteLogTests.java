package org.activemessaging.listener;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MinuteLog}.
 */
class MinuteLogTests {

	private final List<String> lines = new ArrayList<>();

	private final Deque<Runnable> minutes = new ArrayDeque<>();

	private final MinuteLog log = new MinuteLog(this.lines::add, this.minutes::add);

	@Test
	void firstIsSaidAtOnceAndTheOthersOnceAMinute() {
		this.log.add("a");
		this.log.add("b");
		this.log.add("c");
		assertThat(this.lines).containsExactly("a");
		this.minutes.remove().run();
		assertThat(this.lines).containsExactly("a", "c (the last of 2 within a minute)");
		this.minutes.remove().run();
		assertThat(this.minutes).isEmpty();
		assertThat(this.lines).hasSize(2);
		this.log.add("d");
		assertThat(this.lines).endsWith("d");
	}

}
