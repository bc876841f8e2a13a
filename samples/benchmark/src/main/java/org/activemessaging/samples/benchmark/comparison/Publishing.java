package org.activemessaging.samples.benchmark.comparison;

import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.broker.MeasuredBroker;
import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;

/**
 * How fast messages are published by one thread and by 32, each of which waits until the
 * broker has its message.
 */
public final class Publishing implements Comparison {

	private static final int MANY = 32;

	private static final double ALONE = 0.2;

	private static final List<Candidate> CANDIDATES = List.of(Candidate.ours(),
			new Candidate("spring", "`JmsTemplate`, Boot's defaults", "spring", "default", 0.2),
			new Candidate("spring-tuned", "`JmsTemplate`, a cached session for each thread", "spring-tuned", "default",
					0.4),
			new Candidate("single", "hand-written, a session for each thread", "loop-single", "default", 0.4),
			new Candidate("loop", "hand-written, commit every 100 (does not wait for each)", "loop", "default", 1));

	@Override
	public void run(Lab lab, Report report) {
		List<String> peers = List.of("spring-tuned", "single");
		Section one = report
			.add(new Section("publish-1", "Publishing, ActiveMQ, 1 thread", "messages per second", peers));
		Section many = report
			.add(new Section("publish-" + MANY, "Publishing, ActiveMQ, 32 threads", "messages per second", peers));
		for (int round = lab.firstRound(); round <= lab.rounds(); round++) {
			for (Candidate candidate : CANDIDATES) {
				double alone = publish(lab, candidate, 1, ALONE);
				double together = publish(lab, candidate, MANY, 1);
				if (round > 0) {
					one.add(candidate.id(), candidate.label(), alone);
					many.add(candidate.id(), candidate.label(), together);
				}
			}
			Lab.say("publishing: round " + round + " of " + lab.rounds());
		}
	}

	private static double publish(Lab lab, Candidate candidate, int threads, double share) {
		int messages = (int) (candidate.messages(lab.messages()) * share);
		MeasuredBroker broker = lab.activeMq();
		Order order = lab.order("publish", broker).with("messages", messages).with("threads", threads);
		Map<String, String> answer = lab.worker(candidate.variant()).ask(order);
		MeasuredBroker.Found found = broker.drain(order.text("queue"), messages, messages);
		if (found.once() != messages || found.more() > 0) {
			throw new IllegalStateException(
					candidate.label() + " published " + messages + " messages, but there were " + found);
		}
		return Double.parseDouble(answer.get("rate"));
	}

}
