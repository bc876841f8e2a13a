package org.activemessaging.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.activemessaging.AbortMessageException;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.RedeliveryRule.Action;
import org.activemessaging.RejectMessageException;
import org.activemessaging.StopFilterException;
import org.activemessaging.processor.DeclaredRule;
import org.activemessaging.processor.UnconvertibleMessageException;
import org.activemessaging.redelivery.FailurePattern;
import org.activemessaging.redelivery.FailureRule;
import org.activemessaging.redelivery.RedeliveryPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.ClassUtils;

/**
 * Reads rules of redelivery, from properties and from annotations, and refuses those that
 * cannot work.
 */
final class FailureRules {

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private static final List<Class<? extends Throwable>> DECIDED = List.of(AbortMessageException.class,
			RejectMessageException.class, StopFilterException.class, UnconvertibleMessageException.class);

	private final RedeliveryPolicy policy;

	/**
	 * Creates a reader.
	 * @param policy how messages are tried again where a rule does not say how
	 */
	FailureRules(RedeliveryPolicy policy) {
		this.policy = policy;
	}

	List<FailureRule> configured(List<RedeliveryRuleProperties> rules, String property) {
		List<FailureRule> result = new ArrayList<>();
		Map<FailurePattern, String> earlier = new LinkedHashMap<>();
		for (int i = 0; i < rules.size(); i++) {
			RedeliveryRuleProperties rule = rules.get(i);
			Origin origin = new Origin("The property '" + property + '[' + i + "].%s'");
			if (rule.exception().isEmpty()) {
				throw origin.wrong("exception", "is missing: a rule is for certain exceptions",
						"Add %s, for example 'java.io.IOException'.");
			}
			List<FailurePattern> patterns = rule.exception().stream().map((name) -> pattern(name, origin)).toList();
			checkReachable(patterns, earlier, origin);
			result.add(rule(patterns, rule, origin));
		}
		return result;
	}

	List<FailureRule> declared(List<DeclaredRule> rules) {
		List<FailureRule> result = new ArrayList<>();
		Map<String, Map<FailurePattern, String>> earlier = new LinkedHashMap<>();
		for (DeclaredRule rule : rules) {
			Origin origin = new Origin("The attribute '%s' of @RedeliveryRule of " + rule.where());
			List<FailurePattern> patterns = rule.exceptions().stream().map(FailurePattern::of).toList();
			if (patterns.isEmpty()) {
				throw origin.wrong("exception", "is empty: a rule is for certain exceptions", "Name one.");
			}
			checkReachable(patterns, earlier.computeIfAbsent(rule.where(), (where) -> new LinkedHashMap<>()), origin);
			result.add(rule(patterns, properties(rule, origin), origin));
		}
		return result;
	}

	private static RedeliveryRuleProperties properties(DeclaredRule rule, Origin origin) {
		return new RedeliveryRuleProperties(List.of(), rule.action(),
				origin.parse("pause", rule.pause(), DurationStyle::detectAndParse, "a time such as '30s'"),
				origin.parse("immediate", rule.immediate(), Integer::valueOf, "a number"),
				origin.parse("delayed", rule.delayed(), Integer::valueOf, "a number"),
				origin.parse("delay", rule.delay(), DurationStyle::detectAndParse, "a time such as '10s'"),
				origin.parse("multiplier", rule.multiplier(), Double::valueOf, "a number"),
				origin.parse("maxDelay", rule.maxDelay(), DurationStyle::detectAndParse, "a time such as '10m'"));
	}

	private static FailurePattern pattern(String name, Origin origin) {
		if (name.contains("*")) {
			return FailurePattern.of(name.strip());
		}
		try {
			Class<?> type = ClassUtils.forName(name.strip(), null);
			if (Throwable.class.isAssignableFrom(type)) {
				return FailurePattern.of(type.asSubclass(Throwable.class));
			}
			throw origin.wrong("exception", "is '" + name + "', which is no exception, so the rule can never match",
					"Name a subclass of java.lang.Throwable.");
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw origin.wrong("exception", "is '" + name + "', but there is no such class",
					"Write the full name of an exception class, such as 'java.io.IOException', or a pattern"
							+ " with '*', such as 'org.springframework.dao.*' or '*.IOException'.");
		}
	}

	// A rule of another list may well be hidden on purpose: that is how a processor
	// overrides what is said for all.
	private static void checkReachable(List<FailurePattern> patterns, Map<FailurePattern, String> earlier,
			Origin origin) {
		for (FailurePattern pattern : patterns) {
			for (Class<? extends Throwable> decided : DECIDED) {
				if (FailurePattern.of(decided).covers(pattern)) {
					throw origin.wrong("exception",
							"names " + pattern.name()
									+ ", so the rule can never match: what becomes of a message after a "
									+ decided.getSimpleName() + " is decided already",
							"Remove the rule, or throw another exception.");
				}
			}
			earlier.forEach((other, where) -> {
				if (other.covers(pattern)) {
					throw origin.wrong("exception",
							"names " + pattern.name() + ", so the rule can never match: " + other.name()
									+ " comes first, in " + where,
							"Move the rule for the special exceptions before that for the general ones.");
				}
			});
		}
		patterns.forEach((pattern) -> earlier.put(pattern, origin.describe("exception")));
	}

	private FailureRule rule(List<FailurePattern> patterns, RedeliveryRuleProperties rule, Origin origin) {
		if (rule.action() != Action.PAUSE) {
			origin.checkUnused("pause", rule.pause(), rule.action());
		}
		if (rule.action() != Action.REDELIVER) {
			origin.checkUnused("immediate", rule.immediate(), rule.action());
			origin.checkUnused("delayed", rule.delayed(), rule.action());
			origin.checkUnused("delay", rule.delay(), rule.action());
			origin.checkUnused("multiplier", rule.multiplier(), rule.action());
			origin.checkUnused("max-delay", rule.maxDelay(), rule.action());
		}
		Duration pause = Objects.requireNonNullElse(rule.pause(), PAUSE);
		if (pause.toMillis() <= 0) {
			throw origin.wrong("pause", "is " + pause + ", but it must be longer than nothing", "Correct %s.");
		}
		return new FailureRule(patterns, rule.action(), policy(rule, origin), pause);
	}

	private RedeliveryPolicy policy(RedeliveryRuleProperties rule, Origin origin) {
		RedeliveryPolicy general = this.policy;
		RedeliveryPolicy policy = new RedeliveryPolicy(
				Objects.requireNonNullElse(rule.immediate(), general.immediate()),
				Objects.requireNonNullElse(rule.delayed(), general.delayed()),
				Objects.requireNonNullElse(rule.delay(), general.delay()),
				Objects.requireNonNullElse(rule.multiplier(), general.multiplier()),
				Objects.requireNonNullElse(rule.maxDelay(), general.maxDelay()), general.jitter(), general.crashes());
		origin.checkRange("immediate", policy.immediate(), 0, RedeliverySettings.MAX_TRIES);
		origin.checkRange("delayed", policy.delayed(), 0, RedeliverySettings.MAX_TRIES);
		origin.checkRange("multiplier", policy.multiplier(), 1, 100);
		origin.checkRange("delay", policy.delay().toMillis(), 0, Long.MAX_VALUE);
		origin.checkRange("max-delay", policy.maxDelay().toMillis(), 0, Long.MAX_VALUE);
		return policy;
	}

	/**
	 * Where a rule stands.
	 *
	 * @param format the words for it, with a place for the name of a part
	 */
	private record Origin(String format) {

		String describe(String part) {
			return this.format.substring(this.format.indexOf('\'')).formatted(part);
		}

		MessagingConfigurationException wrong(String part, String problem, String action) {
			return new MessagingConfigurationException(this.format.formatted(part) + " " + problem + ".",
					action.replace("%s", describe(part)));
		}

		void checkUnused(String part, @Nullable Object value, Action action) {
			if (value != null) {
				throw wrong(part,
						"is set, but has no effect on the action '"
								+ action.name().toLowerCase(Locale.ROOT).replace('_', '-') + "'",
						"Remove %s, or set the action to '" + (part.equals("pause") ? "pause" : "redeliver") + "'.");
			}
		}

		void checkRange(String part, double value, double min, double max) {
			if (!(value >= min && value <= max)) {
				throw wrong(part, "is out of range: it must be from " + (long) min
						+ ((max < Long.MAX_VALUE) ? " to " + (long) max : " on"), "Correct %s.");
			}
		}

		<T> @Nullable T parse(String part, @Nullable String text, Function<String, T> parser, String expected) {
			try {
				return (text != null) ? parser.apply(text.strip()) : null;
			}
			catch (IllegalArgumentException ex) {
				throw wrong(part, "is '" + text + "', but it must be " + expected, "Correct %s.");
			}
		}

	}

}
