package org.activemessaging.samples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
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
	void eachCandidateHandlesEachMessageOnce() throws IOException {
		Options options = new Options(1, 500, List.of("consume"), this.directory);
		Report report = Benchmark.run(options);
		report.write(this.directory);
		for (String candidate : List.of("ours", "ours-100", "ours-1", "spring", "loop")) {
			assertThat(report.section("consume-activemq-1").series(candidate).values()).singleElement()
				.satisfies((rate) -> assertThat(rate).isPositive());
		}
		assertThat(Files.readString(this.directory.resolve("report.md"))).contains("ActiveMessaging, window 100");
		assertThat(Files.readString(this.directory.resolve("chart.svg"))).startsWith("<svg").contains("<rect");
		assertThat(this.directory).isDirectoryNotContaining((file) -> file.getFileName().toString().startsWith("run"));
	}

	@Test
	void anUnknownComparisonIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Options.parse(new String[] { "--only=consuming" }, List.of("consume", "publish")))
			.withMessageContaining("consume, publish");
	}

}
