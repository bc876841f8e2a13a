package org.activemessaging.samples.benchmark.comparison;

import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.broker.MeasuredBroker;
import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;

/**
 * How fast a queue is emptied, by one consumer and by four; and what one message
 * allocates on the thread that handles it.
 */
public final class Consuming implements Comparison {

	private static final List<String> PEERS = List.of("spring", "loop");

	private static final List<Candidate> CANDIDATES = List.of(Candidate.ours(), Candidate.ours(100), Candidate.ours(1),
			Candidate.spring(), Candidate.loop());

	@Override
	public void run(Lab lab, Report report) {
		Section one = report.add(section("activemq", "ActiveMQ", 1));
		Section four = report.add(section("activemq", "ActiveMQ", 4));
		Section allocation = report.add(new Section("allocation", "Consuming: allocated on the thread that handles",
				"bytes per message", List.of("loop")));
		for (int round = lab.firstRound(); round <= lab.rounds(); round++) {
			for (Candidate candidate : CANDIDATES) {
				Map<String, String> alone = consume(lab, lab.activeMq(), candidate, 1);
				Map<String, String> together = consume(lab, lab.activeMq(), candidate, 4);
				// The first round is for the compilers.
				if (round > 0) {
					one.add(candidate.id(), candidate.label(), Double.parseDouble(alone.get("rate")));
					four.add(candidate.id(), candidate.label(), Double.parseDouble(together.get("rate")));
					allocation.add(candidate.id(), candidate.label(), Double.parseDouble(alone.get("bytes")));
				}
			}
			Lab.say("consuming: round " + round + " of " + lab.rounds());
		}
	}

	static Section section(String adapter, String broker, int consumers) {
		return new Section("consume-" + adapter + "-" + consumers,
				"Consuming, " + broker + ", " + consumers + ((consumers == 1) ? " consumer" : " consumers"),
				"messages per second", PEERS);
	}

	static Map<String, String> consume(Lab lab, MeasuredBroker broker, Candidate candidate, int consumers) {
		int messages = candidate.messages(lab.messages());
		Order order = lab.order("consume", broker)
			.with("messages", messages)
			.with("concurrency", consumers)
			.with("window", candidate.window());
		broker.load(order.text("queue"), messages);
		Map<String, String> answer = lab.worker(candidate.variant()).ask(order);
		checkEmpty(broker, order, candidate, messages);
		return answer;
	}

	static void checkEmpty(MeasuredBroker broker, Order order, Candidate candidate, int messages) {
		MeasuredBroker.Found left = broker.drain(order.text("queue"), messages, 0);
		if (!left.nothing()) {
			throw new IllegalStateException(candidate.label() + " left messages that it had handled: " + left);
		}
	}

}
