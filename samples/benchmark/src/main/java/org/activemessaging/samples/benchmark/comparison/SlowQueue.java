package org.activemessaging.samples.benchmark.comparison;

import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.broker.MeasuredBroker;
import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;

/**
 * How long it takes until all consumers of a processor that is slow are at work.
 */
public final class SlowQueue implements Comparison {

	private static final int MESSAGES = 500;

	private static final int MILLIS = 20;

	private static final int CONSUMERS = 8;

	private static final List<Candidate> CANDIDATES = List.of(Candidate.ours(), Candidate.ours(1), Candidate.spring());

	@Override
	public void run(Lab lab, Report report) {
		String what = MESSAGES + " messages of " + MILLIS + " ms, concurrency 1-" + CONSUMERS + ": ";
		Section busy = report.add(new Section("busy", what + "until " + CONSUMERS + " consumers are busy",
				"seconds after the first message, – for never", List.of()));
		Section most = report.add(new Section("most", what + "most consumers busy at once", "consumers", List.of()));
		Section total = report.add(new Section("total", what + "until all are handled", "seconds", List.of("spring")));
		for (int round = lab.firstRound(); round <= lab.rounds(); round++) {
			for (Candidate candidate : CANDIDATES) {
				Map<String, String> answer = run(lab, lab.activeMq(), candidate);
				if (round > 0) {
					busy.add(candidate.id(), candidate.label(), Double.parseDouble(answer.get("seconds")));
					most.add(candidate.id(), candidate.label(), Double.parseDouble(answer.get("most")));
					total.add(candidate.id(), candidate.label(), Double.parseDouble(answer.get("total")));
				}
			}
			Lab.say("slow queue: round " + round + " of " + lab.rounds());
		}
	}

	private static Map<String, String> run(Lab lab, MeasuredBroker broker, Candidate candidate) {
		Order order = lab.order("busy", broker)
			.with("messages", MESSAGES)
			.with("millis", MILLIS)
			.with("consumers", CONSUMERS)
			.with("concurrency", "1-" + CONSUMERS)
			.with("window", candidate.window());
		broker.load(order.text("queue"), MESSAGES);
		Map<String, String> answer = lab.worker(candidate.variant()).ask(order);
		Consuming.checkEmpty(broker, order, candidate, MESSAGES);
		return answer;
	}

}
