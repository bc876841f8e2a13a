package org.activemessaging.processor;

import java.util.List;

import org.activemessaging.RedeliveryRule.Action;
import org.jspecify.annotations.Nullable;

/**
 * A {@link org.activemessaging.RedeliveryRule} of a processor, with its placeholders
 * resolved.
 *
 * @param exceptions the exceptions that it is for
 * @param action what becomes of the message
 * @param pause for how long the processor is paused
 * @param immediate how many tries follow at once
 * @param delayed how many rounds of tries follow after a delay
 * @param delay the delay before the first of these rounds
 * @param multiplier by how much the delay grows
 * @param maxDelay the longest delay
 * @param where where it is declared
 * @since 0.1.0
 */
public record DeclaredRule(List<Class<? extends Throwable>> exceptions, Action action, @Nullable String pause,
		@Nullable String immediate, @Nullable String delayed, @Nullable String delay, @Nullable String multiplier,
		@Nullable String maxDelay, String where) {

}
