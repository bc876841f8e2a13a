package org.activemessaging.samples.polyglot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.activemessaging.samples.broker.JavaProcess;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The clients run as they are. Where a language or its library is missing, its test is
 * skipped and says what to install.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@Timeout(120)
class PolyglotIT {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int STOMP_PORT = JavaProcess.freePort();

	private static final int CLICKS = 10;

	@TempDir
	private static Path directory;

	private final MeterRegistry meters;

	PolyglotIT(@Autowired MeterRegistry meters) {
		this.meters = meters;
	}

	@DynamicPropertySource
	static void ports(DynamicPropertyRegistry registry) {
		int port = JavaProcess.freePort();
		registry.add("messaging.broker.default.url", () -> "tcp://localhost:" + port);
		registry.add("samples.brokers.directory", () -> directory);
		registry.add("samples.brokers.broker.mq.port", () -> port);
		registry.add("samples.brokers.broker.mq.option.stomp-port", () -> STOMP_PORT);
	}

	@ParameterizedTest
	@EnumSource
	void clicksOfAnotherLanguageAreProcessedAndAnswered(Client client) throws Exception {
		Optional<String> command = client.command();
		assumeTrue(command.isPresent(), () -> client + " is not tested: " + client.missing);
		Path output = directory.resolve(client + ".log");
		assertThat(
				run(output, command.orElseThrow(), client.program, String.valueOf(CLICKS), String.valueOf(STOMP_PORT)))
			.as(Files.readString(output))
			.isZero();
		assertThat(Files.readString(output))
			.isEqualToIgnoringNewLines("%s: %d clicks sent as YAML, %d as JSON, %d visits received, %d clicks counted"
				.formatted(client, CLICKS, CLICKS, 2 * CLICKS, 2 * CLICKS));
		Timer latency = this.meters.get("polyglot.request.latency").tag("client", client.toString()).timer();
		// Counted once the transaction has ended, which is after the client had its
		// answer.
		await().atMost(PATIENCE).until(() -> latency.count() == 2 * CLICKS);
		assertThat(latency.mean(TimeUnit.MILLISECONDS)).isEqualTo(250);
		assertThat(this.meters.get("polyglot.uniques").tag("client", client.toString()).counter().count()).isEqualTo(3);
	}

	private static int run(Path output, String... command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		Process process = builder.start();
		try {
			return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * A client, and how to find out whether it can run.
	 */
	enum Client {

		RUBY("clients/ruby/clickstream.rb", "it needs ruby, and 'gem install stomp'", List.of("-rstomp", "-e", "exit"),
				"ruby"),

		// A distribution's packages are those of its own Python only.
		PYTHON("clients/python/clickstream.py", "it needs python3, and 'pip install stomp.py pyyaml'",
				List.of("-c", "import stomp, yaml"), "python3", "/usr/bin/python3"),

		NODE("clients/node/clickstream.js", "it needs node, and 'npm install' in clients/node",
				List.of("-e", "for (const name of ['stompit', 'js-yaml']) require(require.resolve(name,"
						+ " { paths: ['clients/node'] }))"),
				"node");

		private final String program;

		private final String missing;

		private final List<String> probe;

		private final List<String> commands;

		Client(String program, String missing, List<String> probe, String... commands) {
			this.program = program;
			this.missing = missing;
			this.probe = probe;
			this.commands = List.of(commands);
		}

		Optional<String> command() {
			return this.commands.stream().filter(this::works).findFirst();
		}

		private boolean works(String command) {
			List<String> line = new ArrayList<>(List.of(command));
			line.addAll(this.probe);
			try {
				return run(directory.resolve("probe.log"), line.toArray(String[]::new)) == 0;
			}
			catch (IOException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
