package org.activemessaging.samples.benchmark.report;

/**
 * What was to be reached, and what was.
 */
final class Targets {

	private final StringBuilder lines = new StringBuilder();

	private final Report report;

	private Targets(Report report) {
		this.report = report;
	}

	static String table(Report report) {
		Targets targets = new Targets(report);
		targets.atLeast("consume-activemq-1", "ours", "spring", 10);
		targets.atLeast("consume-activemq-1", "ours", "loop", 0.9);
		targets.atLeast("consume-artemis-1", "ours", "spring", 50);
		targets.atLeast("consume-artemis-1", "ours", "loop", 0.9);
		targets.atLeast("consume-rabbitmq-1", "ours", "spring", 2);
		targets.atLeast("consume-rabbitmq-1", "ours", "loop", 0.9);
		targets.atLeast("publish-32", "ours", "spring-tuned", 5);
		targets.atLeast("publish-1", "ours", "spring-tuned", 0.95);
		targets.atMost("idle-p50", "ours", "loop", 1.05);
		targets.atMost("idle-p99", "ours", "loop", 1.05);
		targets.absolute("busy", "ours", 1);
		targets.difference("start-100", "ours", "spring", 1);
		targets.absolute("threads", "ours", 2);
		targets.difference("allocation", "ours", "loop", 1024);
		return targets.lines.isEmpty() ? ""
				: "### Targets\n\n| | candidate | target | measured | reached |\n|---|---|---:|---:|---|\n"
						+ targets.lines + "\n";
	}

	private void atLeast(String section, String candidate, String peer, double factor) {
		Section measured = this.report.section(section);
		Series ratio = measured.series(candidate).ratioTo(measured.series(peer));
		add(measured, candidate, "≥ " + factor + " × " + measured.series(peer).label(), ratio,
				ratio.median() >= factor);
	}

	private void atMost(String section, String candidate, String peer, double factor) {
		Section measured = this.report.section(section);
		Series ratio = measured.series(candidate).ratioTo(measured.series(peer));
		add(measured, candidate, "≤ " + factor + " × " + measured.series(peer).label(), ratio,
				ratio.median() <= factor);
	}

	private void difference(String section, String candidate, String peer, double limit) {
		Section measured = this.report.section(section);
		Series difference = measured.series(candidate).minus(measured.series(peer));
		add(measured, candidate, "≤ " + Numbers.format(limit) + " more than " + measured.series(peer).label(),
				difference, difference.median() <= limit);
	}

	private void absolute(String section, String candidate, double limit) {
		Section measured = this.report.section(section);
		Series values = measured.series(candidate);
		add(measured, candidate, "≤ " + Numbers.format(limit), values, values.median() <= limit);
	}

	private void add(Section section, String candidate, String target, Series values, boolean reached) {
		if (!Double.isNaN(values.median())) {
			this.lines.append("| ")
				.append(String.join(" | ", section.title() + " (" + section.unit() + ")",
						section.series(candidate).label(), target, Numbers.range(values), reached ? "yes" : "**no**"))
				.append(" |\n");
		}
	}

}
