package org.activemessaging.samples.benchmark;

import java.nio.file.Path;
import java.util.List;

import org.activemessaging.samples.benchmark.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The benchmark still runs. How fast anything is, only a run of its own tells.
 */
class BenchmarkTests {

	@TempDir
	Path directory;

	@Test
	void eachCandidateHandlesEachMessageOnce() {
		Options options = new Options(1, 500, false, List.of("idle"), this.directory);
		Report report = Benchmark.run(options);
		report.write(this.directory);
		for (String candidate : List.of("ours", "spring", "loop")) {
			assertThat(report.section("idle-p50").series(candidate).values()).singleElement()
				.satisfies((micros) -> assertThat(micros).isPositive());
		}
		assertThat(this.directory.resolve("report.md")).content().contains("| hand-written loop |");
		assertThat(this.directory.resolve("values.csv")).content().contains("microseconds;`@JmsListener`;1;");
		assertThat(this.directory).isDirectoryNotContaining((file) -> file.getFileName().toString().startsWith("run"));
	}

	@Test
	void anUnknownComparisonIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Options.parse(new String[] { "--only=consuming" }, List.of("consume", "publish")))
			.withMessageContaining("consume, publish");
	}

}
