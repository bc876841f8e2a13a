package org.activemessaging.redelivery;

import java.util.List;
import java.util.stream.Collectors;

import org.activemessaging.RedeliveryRule;
import org.jspecify.annotations.Nullable;

/**
 * The rules for certain exceptions, and the policy for all others. The first rule decides
 * that matches the exception or one of its causes.
 *
 * @param policy what happens where no rule matches
 * @param rules the rules, in the order they are asked
 * @since 0.1.0
 */
public record RedeliveryRules(RedeliveryPolicy policy, List<FailureRule> rules) {

	/**
	 * Creates rules.
	 * @param policy what happens where no rule matches
	 * @param rules the rules, in the order they are asked
	 */
	public RedeliveryRules {
		rules = List.copyOf(rules);
	}

	/**
	 * Returns how often a message is tried at most, whatever it fails with.
	 * @return the number of calls of the processor, not counting those that ended in a
	 * pause
	 */
	public int maxAttempts() {
		int most = this.policy.maxAttempts();
		for (FailureRule rule : this.rules) {
			if (rule.action() == RedeliveryRule.Action.REDELIVER) {
				most = Math.max(most, rule.policy().maxAttempts());
			}
		}
		return most;
	}

	/**
	 * Tells whether a failure may come from something that all messages need, so that the
	 * processor should slow down when one message after the other fails with it.
	 * @param kind what kind of failure it was
	 * @param failure what was thrown
	 * @return {@code false} if a rule says what else to do about it
	 */
	public boolean mayBeAnOutage(FailureKind kind, Throwable failure) {
		FailureRule rule = find(kind, failure);
		return kind == FailureKind.ABORTED
				|| (kind == FailureKind.HANDLER && (rule == null || rule.action() == RedeliveryRule.Action.REDELIVER));
	}

	/**
	 * Decides about a failure.
	 * @param kind what kind of failure it was; rules are for those of handlers only
	 * @param failure what was thrown
	 * @param attempt how often the message has failed, this failure included
	 * @param random a number from 0 to 1 for the jitter
	 * @return the decision
	 */
	public Decision decide(FailureKind kind, Throwable failure, int attempt, double random) {
		FailureRule rule = find(kind, failure);
		return (rule != null) ? rule.decide(attempt, random) : this.policy.decide(kind, attempt, random);
	}

	/**
	 * Returns the rules in the words of a log.
	 * @return the rules in the order they are asked
	 */
	public String describe() {
		return this.rules.stream().map(FailureRule::toString).collect(Collectors.joining("; "));
	}

	private @Nullable FailureRule find(FailureKind kind, Throwable failure) {
		if (kind == FailureKind.HANDLER) {
			for (FailureRule rule : this.rules) {
				if (rule.matches(failure)) {
					return rule;
				}
			}
		}
		return null;
	}

}
