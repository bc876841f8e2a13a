package org.activemessaging.listener;

import java.time.Duration;

import org.activemessaging.deadletter.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message when its transaction commits.
 *
 * @param letter why it is given up, or {@code null} if it is not
 * @param delay after how long it is tried again, or {@code null} if it is not
 * @param discarded with what it failed if it is discarded, or {@code null} if it is not
 */
record Outcome(@Nullable DeadLetter letter, @Nullable Duration delay, @Nullable Throwable discarded) {

	static final Outcome PROCESSED = new Outcome(null, null, null);

	static final Outcome SET_ASIDE = new Outcome(null, Duration.ZERO, null);

	static final Outcome GONE_BACK = new Outcome(null, Duration.ZERO, null);

	static Outcome givenUp(DeadLetter letter) {
		return new Outcome(letter, null, null);
	}

	static Outcome postponed(Duration delay) {
		return new Outcome(null, delay, null);
	}

	static Outcome discarded(Throwable failure) {
		return new Outcome(null, null, failure);
	}

	boolean moved() {
		return this != PROCESSED;
	}

}
