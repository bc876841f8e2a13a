package org.activemessaging.samples.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.comparison.Comparison;
import org.activemessaging.samples.benchmark.comparison.Consuming;
import org.activemessaging.samples.benchmark.comparison.IdleLatency;
import org.activemessaging.samples.benchmark.comparison.Lab;
import org.activemessaging.samples.benchmark.comparison.LoadLatency;
import org.activemessaging.samples.benchmark.comparison.OtherBrokers;
import org.activemessaging.samples.benchmark.comparison.Publishing;
import org.activemessaging.samples.benchmark.comparison.SlowQueue;
import org.activemessaging.samples.benchmark.comparison.Starting;
import org.activemessaging.samples.benchmark.report.Report;

/**
 * Runs the comparisons, prints their tables, and writes them with a chart into a folder.
 */
public final class Benchmark {

	private static final Map<String, Comparison> COMPARISONS = comparisons();

	private Benchmark() {
	}

	private static Map<String, Comparison> comparisons() {
		Map<String, Comparison> comparisons = new LinkedHashMap<>();
		comparisons.put("consume", new Consuming());
		comparisons.put("brokers", new OtherBrokers());
		comparisons.put("publish", new Publishing());
		comparisons.put("busy", new SlowQueue());
		comparisons.put("idle", new IdleLatency());
		comparisons.put("latency", new LoadLatency());
		comparisons.put("start", new Starting());
		return comparisons;
	}

	/**
	 * Runs the comparisons.
	 * @param arguments see {@link Options}
	 */
	public static void main(String[] arguments) {
		Options options = Options.parse(arguments, List.copyOf(COMPARISONS.keySet()));
		Report report = run(options);
		report.write(options.directory());
		System.out.println(report.markdown());
	}

	static Report run(Options options) {
		Report report = new Report();
		try (Lab lab = new Lab(options.directory(), options.rounds(), options.messages(), options.warmUp())) {
			COMPARISONS.forEach((name, comparison) -> {
				if (options.only().contains(name)) {
					comparison.run(lab, report);
					lab.endWorkers();
				}
			});
		}
		return report;
	}

}
