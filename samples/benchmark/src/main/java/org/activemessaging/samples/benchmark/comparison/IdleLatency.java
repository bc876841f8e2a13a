package org.activemessaging.samples.benchmark.comparison;

import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;

/**
 * How long one message takes from the call that publishes it until it is handled, when
 * there is nothing else to do.
 */
public final class IdleLatency implements Comparison {

	private static final int MESSAGES = 9000;

	private static final List<Candidate> CANDIDATES = List.of(Candidate.ours(), Candidate.spring(),
			new Candidate("loop", "hand-written loop", "loop-single", "default", 1));

	@Override
	public void run(Lab lab, Report report) {
		Section median = report.add(section("p50", "median"));
		Section worst = report.add(section("p99", "99th percentile"));
		int messages = Math.min(MESSAGES, lab.messages() / 2);
		for (int round = lab.firstRound(); round <= lab.rounds(); round++) {
			for (Candidate candidate : CANDIDATES) {
				Order order = lab.order("ping", lab.activeMq()).with("messages", messages);
				Map<String, String> answer = lab.worker(candidate.variant()).ask(order);
				Consuming.checkEmpty(lab.activeMq(), order, candidate, messages);
				if (round > 0) {
					median.add(candidate.id(), candidate.label(), Double.parseDouble(answer.get("p50")));
					worst.add(candidate.id(), candidate.label(), Double.parseDouble(answer.get("p99")));
				}
			}
			Lab.say("idle latency: round " + round + " of " + lab.rounds());
		}
	}

	private static Section section(String id, String name) {
		return new Section("idle-" + id, "One message on an idle system, from publish to processor: " + name,
				"microseconds", List.of("loop"));
	}

}
