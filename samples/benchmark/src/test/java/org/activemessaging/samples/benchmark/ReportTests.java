package org.activemessaging.samples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.activemessaging.samples.benchmark.report.Report;
import org.activemessaging.samples.benchmark.report.Section;
import org.activemessaging.samples.benchmark.report.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

	@TempDir
	Path directory;

	@Test
	void aRatioComparesTheSameRounds() {
		Series ratios = series(10, 40, 20).ratioTo(series(1, 2, 4));
		assertThat(ratios.values()).containsExactly(10.0, 20.0, 5.0);
		assertThat(ratios.median()).isEqualTo(10);
		assertThat(ratios.min()).isEqualTo(5);
		assertThat(ratios.max()).isEqualTo(20);
	}

	@Test
	void aRoundWithoutValueDoesNotCount() {
		assertThat(series(3, Double.NaN, 1).median()).isEqualTo(2);
		assertThat(series(Double.NaN).median()).isNaN();
	}

	@Test
	void aTargetIsReachedByTheMedianOfTheRatios() {
		assertThat(reportWith(95, 90, 110).markdown())
			.contains("| ≥ 0.9 × hand-written loop | 0.95 (0.90 to 1.10) | yes |");
		assertThat(reportWith(80, 90, 70).markdown())
			.contains("| ≥ 0.9 × hand-written loop | 0.80 (0.70 to 0.90) | **no** |");
	}

	@Test
	void theChartShowsEachCandidate() throws IOException {
		reportWith(95, 90, 110).write(this.directory);
		assertThat(this.directory.resolve("chart.svg")).content()
			.startsWith("<svg")
			.contains(">ActiveMessaging<", ">hand-written loop<", "<rect class=\"bar ours\"");
	}

	private static Report reportWith(double... ours) {
		Report report = new Report();
		Section section = report
			.add(new Section("consume-activemq-1", "Consuming", "messages per second", List.of("loop")));
		for (double value : ours) {
			section.add("ours", "ActiveMessaging", value);
			section.add("loop", "hand-written loop", 100);
		}
		return report;
	}

	private static Series series(double... values) {
		Series series = new Series("series");
		for (double value : values) {
			series.add(value);
		}
		return series;
	}

}
