package org.activemessaging.samples.benchmark.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import org.activemessaging.samples.benchmark.broker.ArtemisBroker;
import org.activemessaging.samples.benchmark.broker.MeasuredBroker;
import org.activemessaging.samples.benchmark.broker.RabbitMqBroker;
import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;

/**
 * How fast a queue is emptied by one consumer on brokers other than ActiveMQ.
 */
public final class OtherBrokers implements Comparison {

	@Override
	public void run(Lab lab, Report report) {
		measure(lab, report, "artemis", "Artemis", 0.02, 0.5, ArtemisBroker::new);
		if (RabbitMqBroker.isInstalled()) {
			measure(lab, report, "rabbitmq", "RabbitMQ", 0.1, 0.3, RabbitMqBroker::new);
		}
		else {
			report.note("RabbitMQ was skipped: it is not installed.");
			Lab.say("RabbitMQ is skipped: it is not installed");
		}
	}

	private static void measure(Lab lab, Report report, String adapter, String name, double slow, double fast,
			Function<Path, MeasuredBroker> starter) {
		List<Candidate> candidates = List.of(Candidate.ours().withShare(fast), Candidate.spring().withShare(slow),
				Candidate.loop().withShare(fast));
		Section section = report.add(Consuming.section(adapter, name, 1));
		try (MeasuredBroker broker = starter.apply(lab.directory())) {
			for (int round = lab.firstRound(); round <= lab.rounds(); round++) {
				for (Candidate candidate : candidates) {
					double rate = Double.parseDouble(Consuming.consume(lab, broker, candidate, 1).get("rate"));
					if (round > 0) {
						section.add(candidate.id(), candidate.label(), rate);
					}
				}
				Lab.say("consuming, " + name + ": round " + round + " of " + lab.rounds());
			}
		}
	}

}
