package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.activemessaging.RedeliveryRule.Action;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of a message that failed with certain exceptions.
 *
 * @param exception Comma-separated list of exceptions: full class names, or patterns with
 * an asterisk for any text in a class name.
 * @param action What becomes of the message: "redeliver", "dead-letter", "discard", or
 * "pause" for giving it back and pausing the processor.
 * @param pause For how long the processor is paused. By default 30 seconds.
 * @param immediate How many tries follow at once.
 * @param delayed How many rounds of tries follow after a delay.
 * @param delay Delay before the first of these rounds.
 * @param multiplier By how much the delay grows from round to round.
 * @param maxDelay Longest delay.
 * @since 0.1.0
 */
public record RedeliveryRuleProperties(@DefaultValue List<String> exception, @DefaultValue("redeliver") Action action,
		@Nullable Duration pause, @Nullable Integer immediate, @Nullable Integer delayed, @Nullable Duration delay,
		@Nullable Double multiplier, @Nullable Duration maxDelay) {
}
