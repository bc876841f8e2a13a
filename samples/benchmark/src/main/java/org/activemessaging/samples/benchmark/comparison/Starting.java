package org.activemessaging.samples.benchmark.comparison;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.process.Worker;
import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;

/**
 * How long an application takes to start, and what it needs when it is idle, by its
 * number of listeners. Each start is one in a fresh JVM.
 */
public final class Starting implements Comparison {

	private static final int[] COUNTS = { 1, 10, 100 };

	private static final List<Candidate> CANDIDATES = List.of(Candidate.ours(), Candidate.spring());

	private static final List<String> PEERS = List.of("spring");

	private final Map<String, Section> sections = new HashMap<>();

	@Override
	public void run(Lab lab, Report report) {
		for (String measure : List.of("seconds", "megabytes")) {
			for (int count : COUNTS) {
				this.sections.put(measure + count, report.add(section(measure, count)));
			}
		}
		Section threads = report.add(new Section("threads", "Idle: threads for each further listener",
				"threads, from 1 listener to " + COUNTS[COUNTS.length - 1], PEERS));
		for (int round = 1; round <= lab.rounds(); round++) {
			for (Candidate candidate : CANDIDATES) {
				double few = measure(lab, candidate, COUNTS[0]);
				double many = few;
				for (int i = 1; i < COUNTS.length; i++) {
					many = measure(lab, candidate, COUNTS[i]);
				}
				threads.add(candidate.id(), candidate.label(), (many - few) / (COUNTS[COUNTS.length - 1] - COUNTS[0]));
			}
			Lab.say("starting: round " + round + " of " + lab.rounds());
		}
	}

	private static Section section(String measure, int count) {
		String listeners = count + ((count == 1) ? " listener" : " listeners");
		return measure.equals("seconds") ? new Section("start-" + count,
				"Start with " + listeners + ", until all of them listen", measure, PEERS)
				: new Section("heap-" + count, "Idle: heap with " + listeners, measure, PEERS);
	}

	private double measure(Lab lab, Candidate candidate, int count) {
		try (Worker worker = lab.freshWorker(candidate.variant())) {
			Order order = lab.order("start", lab.activeMq()).with("listeners", count);
			Map<String, String> answer = worker.ask(order);
			this.sections.forEach((name, section) -> {
				for (String measure : List.of("seconds", "megabytes")) {
					if (name.equals(measure + count)) {
						section.add(candidate.id(), candidate.label(), Double.parseDouble(answer.get(measure)));
					}
				}
			});
			return Double.parseDouble(answer.get("threads"));
		}
	}

}
