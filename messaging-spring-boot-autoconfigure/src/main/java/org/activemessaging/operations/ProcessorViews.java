package org.activemessaging.operations;

import org.activemessaging.RedeliveryRule.Action;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.listener.Durations;
import org.activemessaging.listener.Failure;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.listener.Rate;
import org.activemessaging.operations.ProcessorView.ConcurrencyView;
import org.activemessaging.operations.ProcessorView.DurationView;
import org.activemessaging.operations.ProcessorView.FailureView;
import org.activemessaging.operations.ProcessorView.LimitsView;
import org.activemessaging.operations.ProcessorView.RedeliveryView;
import org.activemessaging.operations.ProcessorView.RuleView;
import org.activemessaging.operations.ProcessorView.SubscriptionView;
import org.activemessaging.permit.Permits;
import org.activemessaging.redelivery.FailurePattern;
import org.activemessaging.redelivery.FailureRule;
import org.activemessaging.redelivery.RedeliveryPolicy;
import org.activemessaging.redelivery.RedeliveryRules;
import org.jspecify.annotations.Nullable;

/**
 * Makes the view of a processor.
 */
final class ProcessorViews {

	private ProcessorViews() {
	}

	static ProcessorView of(ProcessorReport report, @Nullable String processorGroup) {
		return new ProcessorView(report.definition().destination().name(), report.definition().group(),
				subscription(report), processorGroup, report.state().name(), report.outage(),
				report.pausedBy().stream().map(PauseReason::label).toList(), report.braked(),
				new ConcurrencyView(report.activeConsumers(), report.concurrency().min(), report.concurrency().max()),
				report.window(), limits(report), redelivery(report), report.inFlight(), report.processed(),
				report.failed(), report.redelivered(), report.deadLettered(), report.duplicates(), report.discarded(),
				report.rate(), durations(report.durations()), failure(report.lastFailure()));
	}

	private static @Nullable SubscriptionView subscription(ProcessorReport report) {
		DurableSubscription subscription = report.settings().subscription();
		return (subscription != null) ? new SubscriptionView(subscription.name(), subscription.clientId()) : null;
	}

	private static @Nullable LimitsView limits(ProcessorReport report) {
		Rate rate = report.settings().limits().rate();
		Permits permits = report.settings().limits().permits();
		return (rate == null && permits == null) ? null
				: new LimitsView((rate != null) ? rate.toString() : null,
						(rate != null) ? report.waitingForRate() : null, (permits != null) ? permits.number() : null,
						(permits != null) ? report.permitsHeld() : null);
	}

	private static RedeliveryView redelivery(ProcessorReport report) {
		RedeliveryRules redelivery = report.settings().redelivery();
		RedeliveryPolicy policy = redelivery.policy();
		return new RedeliveryView(policy.maxAttempts(), policy.longestTime(), policy.crashes(),
				report.definition().destination().deadLetterAddress(report.source()).name(),
				redelivery.rules().stream().map(ProcessorViews::rule).toList());
	}

	private static RuleView rule(FailureRule rule) {
		boolean redelivers = rule.action() == Action.REDELIVER;
		return new RuleView(rule.failures().stream().map(FailurePattern::name).toList(), rule.label(),
				redelivers ? rule.policy().maxAttempts() : null, redelivers ? rule.policy().longestTime() : null,
				(rule.action() == Action.PAUSE) ? rule.pause() : null);
	}

	private static @Nullable DurationView durations(@Nullable Durations durations) {
		return (durations == null) ? null : new DurationView(durations.mean(), durations.p50(), durations.p95(),
				durations.p99(), durations.max());
	}

	private static @Nullable FailureView failure(@Nullable Failure failure) {
		return (failure == null) ? null : new FailureView(failure.at(), failure.exception(), failure.message());
	}

}
