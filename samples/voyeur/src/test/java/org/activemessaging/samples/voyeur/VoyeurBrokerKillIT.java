package org.activemessaging.samples.voyeur;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.activemessaging.samples.broker.JavaProcess;
import org.activemessaging.samples.voyeur.process.Requests;
import org.activemessaging.samples.voyeur.process.VoyeurClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The profiles with two brokers: whichever of them is killed, and whatever it holds,
 * every request that was answered becomes a row in each group.
 */
@Timeout(240)
class VoyeurBrokerKillIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	// "Backup Server is now active"
	private static final String BACKUP_SERVES = "AMQ221010";

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private final int port = JavaProcess.freePort();

	private final VoyeurClient voyeur = new VoyeurClient(this.port);

	private final int firstBroker = JavaProcess.freePort();

	private final int secondBroker = JavaProcess.freePort();

	private int kills;

	/**
	 * Pages publish to one broker, processors receive from the other.
	 */
	@Test
	void network() throws Exception {
		try (JavaProcess pages = start("web,network", this.port, brokerUrl(this.firstBroker, this.secondBroker),
				"--samples.brokers.restart-after=1s", "--samples.brokers.broker.east.port=" + this.firstBroker,
				"--samples.brokers.broker.east.option.other-port=" + this.secondBroker,
				"--samples.brokers.broker.west.port=" + this.secondBroker,
				"--samples.brokers.broker.west.option.other-port=" + this.firstBroker);
				JavaProcess analytics = start("analytics", JavaProcess.freePort(),
						brokerUrl(this.secondBroker, this.firstBroker))) {
			await().atMost(PATIENCE).until(this.voyeur::isUp);
			try (Requests requests = new Requests(this.voyeur, "network")) {
				awaitStored(requests, 100);
				// What is forwarded meanwhile waits in the west, with nobody to take it.
				signal("STOP", analytics);
				awaitAnswers(requests, 100);
				kill("west");
				signal("CONT", analytics);
				awaitRestart("west");
				awaitStored(requests, 100);
				kill("east");
				awaitRestart("east");
				awaitAnswers(requests, 100);
				report("network", requests);
			}
		}
	}

	@Test
	void pair() throws Exception {
		try (JavaProcess program = start("pair", this.port,
				"(tcp://localhost:%d,tcp://localhost:%d)".formatted(this.firstBroker, this.secondBroker),
				"--samples.brokers.restart-after=3s", "--samples.brokers.broker.primary.port=" + this.firstBroker,
				"--samples.brokers.broker.primary.option.other-port=" + this.secondBroker,
				"--samples.brokers.broker.backup.port=" + this.secondBroker,
				"--samples.brokers.broker.backup.option.other-port=" + this.firstBroker)) {
			await().atMost(PATIENCE).until(this.voyeur::isUp);
			try (Requests requests = new Requests(this.voyeur, "pair")) {
				awaitStored(requests, 100);
				setProcessors("paused");
				awaitAnswers(requests, 100);
				kill("primary");
				await().atMost(PATIENCE)
					.until(() -> Files.readString(this.directory.resolve("backup.log")).contains(BACKUP_SERVES));
				setProcessors("running");
				awaitRestart("primary");
				awaitStored(requests, 100);
				kill("primary");
				awaitAnswers(requests, 100);
				report("pair", requests);
			}
		}
	}

	private JavaProcess start(String profiles, int port, String brokerUrl, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--spring.profiles.active=" + profiles,
				"--server.port=" + port, "--messaging.broker.default.url=" + brokerUrl,
				"--spring.datasource.url=" + databaseUrl(), "--voyeur.stenographer.mode=synchronous",
				"--management.endpoint.messaging.access=unrestricted", "--messaging.operations.control.enabled=true",
				"--samples.brokers.directory=" + this.directory));
		arguments.addAll(List.of(more));
		return JavaProcess.start(this.directory.resolve("voyeur-" + port + ".log"), VoyeurApplication.class,
				arguments.toArray(String[]::new));
	}

	// The first one that is up is taken, instead of any.
	private static String brokerUrl(int first, int second) {
		return "failover:(tcp://localhost:%d,tcp://localhost:%d)?randomize=false".formatted(first, second);
	}

	private void awaitAnswers(Requests requests, int more) {
		int goal = requests.answered().size() + more;
		await().atMost(PATIENCE).until(() -> requests.answered().size() >= goal);
	}

	// Requests go on, so that all of those till now may not be all that are stored.
	private void awaitStored(Requests requests, int more) {
		awaitAnswers(requests, more);
		assertStored(List.copyOf(requests.answered()));
	}

	private Set<String> assertStored(List<String> answered) {
		JdbcClient database = JdbcClient.create(new DriverManagerDataSource(databaseUrl(), "voyeur", "voyeur"));
		Set<String> stored = new HashSet<>();
		await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
			List<String> rows = database.sql("select uri from clicks where id in (select id from trend_events)")
				.query(String.class)
				.list();
			stored.addAll(rows);
			assertThat(rows).doesNotHaveDuplicates().containsAll(answered);
		});
		return stored;
	}

	private void report(String what, Requests requests) {
		List<String> answered = requests.stop();
		Set<String> stored = assertStored(answered);
		// A request without an answer may have been recorded all the same.
		answered.forEach(stored::remove);
		System.out.println(what + ": " + this.kills + " brokers killed, " + answered.size()
				+ " requests answered, 0 lost, 0 stored twice, " + stored.size() + " stored without an answer");
	}

	private void kill(String broker) {
		ProcessHandle.of(pid(broker)).orElseThrow().destroyForcibly();
		await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid(broker)).isEmpty());
		this.kills++;
	}

	private void awaitRestart(String broker) {
		await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid(broker)).isPresent());
	}

	private long pid(String broker) {
		try {
			return Long.parseLong(Files.readString(this.directory.resolve(broker + ".pid")).trim());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void signal(String name, JavaProcess process) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
	}

	private void setProcessors(String state) {
		for (String group : List.of("clickstream", "trends")) {
			assertThat(
					this.voyeur.post("/actuator/messaging/processor-groups/" + group, "{\"state\": \"" + state + "\"}"))
				.isEqualTo(200);
		}
	}

	// Unlike the sample's own, this one lets another process look in.
	private String databaseUrl() {
		return "jdbc:h2:file:" + this.directory.resolve("voyeur")
				+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;RETENTION_TIME=0;AUTO_SERVER=TRUE";
	}

}
