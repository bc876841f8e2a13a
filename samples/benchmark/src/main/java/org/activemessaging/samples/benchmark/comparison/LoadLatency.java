package org.activemessaging.samples.benchmark.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;

/**
 * How long messages take from end to end under load: at 10 %, 50 % and 80 % of what each
 * candidate can bear, and at the load that {@code @JmsListener} can bear.
 */
public final class LoadLatency implements Comparison {

	private static final double[] SHARES = { 0.1, 0.5, 0.8 };

	private static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9");

	private static final int SECONDS = 4;

	private static final List<Candidate> CANDIDATES = List.of(Candidate.spring(), Candidate.ours(), Candidate.loop());

	@Override
	public void run(Lab lab, Report report) {
		Section maximum = report.add(new Section("load-max", "End to end, ActiveMQ, 1 consumer: the maximum",
				"messages per second", List.of("spring", "loop")));
		Map<Double, Section> sections = new LinkedHashMap<>();
		for (double share : SHARES) {
			sections.put(share, report.add(section(percent(share), percent(share) + " of its own maximum")));
		}
		Section same = report.add(section("same", "80 % of the maximum of `@JmsListener`"));
		for (int round = lab.firstRound(); round <= lab.rounds(); round++) {
			double common = 0;
			for (Candidate candidate : CANDIDATES) {
				double most = maximum(lab, candidate);
				common = candidate.id().equals("spring") ? 0.8 * most : common;
				if (round > 0) {
					maximum.add(candidate.id(), candidate.label(), most);
					for (Map.Entry<Double, Section> entry : sections.entrySet()) {
						load(lab, candidate, entry.getKey() * most, entry.getValue());
					}
					load(lab, candidate, common, same);
				}
			}
			Lab.say("latency under load: round " + round + " of " + lab.rounds());
		}
	}

	private static Section section(String load, String name) {
		return new Section("load-" + load, "End to end, latency at " + name, "microseconds", List.of());
	}

	private static String percent(double share) {
		return Math.round(share * 100) + " %";
	}

	private static double maximum(Lab lab, Candidate candidate) {
		return Double.parseDouble(ask(lab, candidate, candidate.messages(lab.messages()), 0).get("rate"));
	}

	private static void load(Lab lab, Candidate candidate, double rate, Section section) {
		int messages = (int) Math.max(500, Math.min(rate * SECONDS, 2L * lab.messages()));
		Map<String, String> answer = ask(lab, candidate, messages, rate);
		PERCENTILES.forEach((percentile) -> section.add(candidate.id() + percentile,
				candidate.label() + ", " + percentile, Double.parseDouble(answer.get(percentile))));
	}

	private static Map<String, String> ask(Lab lab, Candidate candidate, int messages, double rate) {
		Order order = lab.order("load", lab.activeMq()).with("messages", messages).with("rate", rate);
		Map<String, String> answer = lab.worker(candidate.variant()).ask(order);
		Consuming.checkEmpty(lab.activeMq(), order, candidate, messages);
		return answer;
	}

}
