package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.activemessaging.autoconfigure.MessagingProperties.ProcessorRedeliveryProperties;
import org.activemessaging.autoconfigure.MessagingProperties.RedeliveryProperties;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.redelivery.FailureRule;
import org.activemessaging.redelivery.RedeliveryPolicy;
import org.activemessaging.redelivery.RedeliveryRules;
import org.jspecify.annotations.Nullable;

/**
 * What happens to messages of a processor that fail: what the properties say for it, else
 * the default.
 */
final class RedeliverySettings {

	static final int MAX_TRIES = 1000;

	private static final ProcessorRedeliveryProperties NOTHING = new ProcessorRedeliveryProperties(null, null, null,
			null, null, null, null, List.of());

	private final RedeliveryProperties general;

	RedeliverySettings(RedeliveryProperties general) {
		this.general = general;
	}

	/**
	 * Returns what holds for messages without a processor.
	 */
	RedeliveryPolicy general() {
		return policy(NOTHING, "messaging.listener");
	}

	RedeliveryRules apply(ProcessorDefinition processor, @Nullable ProcessorRedeliveryProperties own, String prefix) {
		ProcessorRedeliveryProperties special = (own != null) ? own : NOTHING;
		RedeliveryPolicy policy = policy(special, prefix);
		FailureRules reader = new FailureRules(policy);
		List<FailureRule> rules = new ArrayList<>(reader.configured(special.rules(), prefix + ".redelivery.rules"));
		rules.addAll(reader.declared(processor.rules()));
		rules.addAll(reader.configured(this.general.rules(), "messaging.listener.redelivery.rules"));
		return new RedeliveryRules(policy, rules);
	}

	private RedeliveryPolicy policy(ProcessorRedeliveryProperties special, String prefix) {
		RedeliveryProperties general = this.general;
		RedeliveryPolicy policy = new RedeliveryPolicy(
				Objects.requireNonNullElse(special.immediate(), general.immediate()),
				Objects.requireNonNullElse(special.delayed(), general.delayed()),
				Objects.requireNonNullElse(special.delay(), general.delay()),
				Objects.requireNonNullElse(special.multiplier(), general.multiplier()),
				Objects.requireNonNullElse(special.maxDelay(), general.maxDelay()),
				Objects.requireNonNullElse(special.jitter(), general.jitter()),
				Objects.requireNonNullElse(special.crashes(), general.crashes()));
		Checks.range(property(special.immediate(), prefix, "immediate"), policy.immediate(), 0, MAX_TRIES);
		Checks.range(property(special.delayed(), prefix, "delayed"), policy.delayed(), 0, MAX_TRIES);
		Checks.range(property(special.crashes(), prefix, "crashes"), policy.crashes(), 1, MAX_TRIES);
		Checks.range(property(special.multiplier(), prefix, "multiplier"), policy.multiplier(), 1, 100);
		Checks.range(property(special.jitter(), prefix, "jitter"), policy.jitter(), 0, 1);
		notNegative(property(special.delay(), prefix, "delay"), policy.delay());
		notNegative(property(special.maxDelay(), prefix, "max-delay"), policy.maxDelay());
		return policy;
	}

	static void notNegative(String property, Duration value) {
		if (!value.isZero()) {
			Checks.positive(property, value);
		}
	}

	private static String property(@Nullable Object special, String prefix, String name) {
		return ((special != null) ? prefix : "messaging.listener") + ".redelivery." + name;
	}

}
