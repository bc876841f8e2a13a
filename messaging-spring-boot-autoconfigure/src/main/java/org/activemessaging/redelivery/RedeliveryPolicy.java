package org.activemessaging.redelivery;

import java.time.Duration;

/**
 * How often, and when, a message that failed is tried again: some tries at once, then
 * rounds of as many tries after a delay that grows from round to round, then no more.
 *
 * @param immediate how many tries follow at once
 * @param delayed how many rounds follow after a delay
 * @param delay the delay before the first of these rounds
 * @param multiplier by how much the delay grows from round to round
 * @param maxDelay the longest delay
 * @param jitter by which part a delay is made longer at most, at random
 * @param crashes how many crashes of the application a message may be involved in before
 * it is tried alone, and then given up
 * @since 0.1.0
 */
public record RedeliveryPolicy(int immediate, int delayed, Duration delay, double multiplier, Duration maxDelay,
		double jitter, int crashes) {

	private static final int CRASHES_ALONE = 2;

	/**
	 * Returns how often a message is tried at most.
	 * @return the number of calls of the processor
	 */
	public int maxAttempts() {
		return (this.immediate + 1) * (this.delayed + 1);
	}

	/**
	 * Returns for how long a message is tried at most, without the time that the tries
	 * themselves take.
	 * @return the sum of the longest delays
	 */
	public Duration longestTime() {
		Duration total = Duration.ZERO;
		for (int round = 1; round <= this.delayed; round++) {
			total = total.plus(delayAfter(round, 1));
		}
		return total;
	}

	/**
	 * Tells whether a message is suspected of killing the application.
	 * @param crashes the number of crashes that it was involved in
	 * @return whether there were too many
	 */
	public boolean isSuspect(int crashes) {
		return crashes >= this.crashes;
	}

	/**
	 * Tells whether a suspect is to be given up.
	 * @param crashes the number of crashes since it is tried alone
	 * @return whether there were too many: one may have had another cause
	 */
	public boolean isConvicted(int crashes) {
		return crashes >= Math.min(CRASHES_ALONE, this.crashes);
	}

	/**
	 * Decides about a failure.
	 * @param kind what kind of failure it was
	 * @param attempt how often the message has failed, this failure included
	 * @param random a number from 0 to 1 for the jitter
	 * @return the decision
	 */
	public Decision decide(FailureKind kind, int attempt, double random) {
		int triesPerRound = this.immediate + 1;
		return switch (kind) {
			case REJECTED, UNCONVERTIBLE, PAYLOAD_TOO_LARGE, CRASH_SUSPECT -> new Decision.GiveUp(attempt);
			case ABORTED -> afterRound((attempt + this.immediate) / triesPerRound, random);
			case HANDLER -> (attempt % triesPerRound != 0) ? new Decision.Immediately(attempt)
					: afterRound(attempt / triesPerRound, random);
		};
	}

	private Decision afterRound(int round, double random) {
		int attempt = round * (this.immediate + 1);
		return (round <= this.delayed) ? new Decision.Later(attempt, delayAfter(round, random))
				: new Decision.GiveUp(attempt);
	}

	private Duration delayAfter(int round, double random) {
		double delay = this.delay.toMillis() * Math.pow(this.multiplier, round - 1);
		double bounded = Math.min(delay, this.maxDelay.toMillis());
		// Never shorter than asked for: others may rely on the pause.
		return Duration.ofMillis(Math.round(bounded * (1 + this.jitter * random)));
	}

}
