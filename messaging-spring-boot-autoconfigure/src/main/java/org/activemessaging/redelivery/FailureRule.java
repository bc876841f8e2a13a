package org.activemessaging.redelivery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.activemessaging.RedeliveryRule;

/**
 * What becomes of a message that failed with certain exceptions.
 *
 * @param failures the exceptions
 * @param action what becomes of the message
 * @param policy how it is tried again, if it is
 * @param pause for how long the processor takes no messages, if it is paused
 * @since 0.1.0
 */
public record FailureRule(List<FailurePattern> failures, RedeliveryRule.Action action, RedeliveryPolicy policy,
		Duration pause) {

	// Who builds a loop of causes must not stop a consumer.
	private static final int DEEPEST_CAUSE = 100;

	boolean matches(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
			for (FailurePattern pattern : this.failures) {
				if (pattern.matches(cause)) {
					return true;
				}
			}
			cause = cause.getCause();
		}
		return false;
	}

	/**
	 * Returns the action as it is shown.
	 * @return the name in lower case with dashes
	 */
	public String label() {
		return this.action.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the rule in the words of a log.
	 */
	@Override
	public String toString() {
		String names = this.failures.stream().map(FailurePattern::name).collect(Collectors.joining(", "));
		return names + ": " + switch (this.action) {
			case REDELIVER ->
				"tried " + this.policy.maxAttempts() + " times within " + this.policy.longestTime().toSeconds() + " s";
			case DEAD_LETTER, DISCARD -> label();
			case PAUSE -> label() + " for " + text(this.pause);
		};
	}

	private static String text(Duration time) {
		return (time.toMillis() % 1000 == 0) ? time.toSeconds() + " s" : time.toMillis() + " ms";
	}

	Decision decide(int attempt, double random) {
		return switch (this.action) {
			case REDELIVER -> this.policy.decide(FailureKind.HANDLER, attempt, random);
			case DEAD_LETTER -> new Decision.GiveUp(attempt);
			case DISCARD -> new Decision.Discard(attempt);
			case PAUSE -> new Decision.Pause(attempt - 1, this.pause);
		};
	}

}
