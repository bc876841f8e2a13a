package org.activemessaging.processor;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.activemessaging.RedeliveryRule;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Finds the rules of redelivery of a subscription: those of its method, then those of its
 * class.
 */
final class RuleFinder {

	private final Function<String, @Nullable String> resolver;

	/**
	 * Creates a finder.
	 * @param resolver what resolves the placeholders of an attribute, to {@code null} if
	 * the attribute is empty
	 */
	RuleFinder(Function<String, @Nullable String> resolver) {
		this.resolver = resolver;
	}

	List<DeclaredRule> of(Subscription subscription) {
		List<DeclaredRule> rules = new ArrayList<>();
		add(rules, subscription.method(), subscription.describe());
		add(rules, subscription.beanType(), subscription.beanType().getSimpleName());
		return List.copyOf(rules);
	}

	private void add(List<DeclaredRule> rules, AnnotatedElement element, String where) {
		for (RedeliveryRule rule : AnnotatedElementUtils.findMergedRepeatableAnnotations(element, RedeliveryRule.class,
				RedeliveryRule.List.class)) {
			rules.add(new DeclaredRule(List.of(rule.exception()), rule.action(), this.resolver.apply(rule.pause()),
					this.resolver.apply(rule.immediate()), this.resolver.apply(rule.delayed()),
					this.resolver.apply(rule.delay()), this.resolver.apply(rule.multiplier()),
					this.resolver.apply(rule.maxDelay()), where));
		}
	}

}
