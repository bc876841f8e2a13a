package org.activemessaging.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three instances share permits, and those that hold some die by SIGKILL.
 */
class ClusterConcurrencyIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String PERMITS = "PERMIT.encoders.encoder";

	private final List<Process> children = new ArrayList<>();

	private final Map<Long, Long> killedAt = new HashMap<>();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private BrokerProcess broker;

	private PlainClient client;

	@BeforeEach
	void start() {
		this.broker = BrokerProcess.start(this.directory);
		this.client = this.broker.client();
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.children.forEach(ChildJvm::kill);
		this.broker.close();
	}

	@Test
	void neverMoreInWorkThanPermitsAlthoughHoldersAreKilled() throws IOException {
		int permits = 4;
		this.client.sendText(Flow.QUEUE, 0, 150);
		for (int i = 0; i < 3; i++) {
			instance(permits);
		}
		for (int kill = 0; kill < 2; kill++) {
			Flow.eventually().atMost(LONG).until(() -> inWork().size() == permits);
			Process holder = this.children.stream()
				.filter((child) -> child.isAlive() && inWork().contains(child.pid()))
				.findFirst()
				.orElseThrow();
			this.killedAt.put(holder.pid(), System.nanoTime());
			ChildJvm.kill(holder);
			instance(permits);
		}
		Flow.eventually().atMost(LONG).until(() -> inWork().size() == permits);
		Flow.eventually().atMost(LONG).until(() -> done().size() == 150);
		Flow.eventually().until(() -> this.client.browse(Flow.QUEUE).isEmpty());
		assertThat(mostInWork()).isEqualTo(permits);
		assertThat(this.client.browse(PERMITS)).hasSize(permits);
		assertThat(this.client.browse(PERMITS + ".KEEPER")).hasSize(1);
		assertThat(this.client.browse(Flow.DEAD_LETTERS)).isEmpty();
		assertThat(this.client.browse("ActiveMQ.DLQ")).isEmpty();
	}

	private void instance(int permits) {
		this.children.add(ChildJvm.start(PermitMain.class, this.directory.resolve("encoder.log"),
				List.of("--spring.application.name=encoders", "--spring.main.banner-mode=off",
						"--spring.main.web-application-type=none", "--logging.level.root=warn",
						"--messaging.broker.default.adapter=activemq",
						"--messaging.broker.default.url=" + this.broker.url(),
						"--messaging.destination.orders.queue=" + Flow.QUEUE, "--messaging.listener.concurrency=3",
						"--messaging.processor.encoder.cluster-concurrency=" + permits, "--work=300",
						"--ledger=" + this.directory.resolve("ledger"))));
	}

	// The processes that have a message in work at this moment, once for each message.
	private List<Long> inWork() {
		Map<String, Long> open = new HashMap<>();
		for (Note note : notes()) {
			String key = note.pid() + " " + note.payload();
			if (note.begin() && !this.killedAt.containsKey(note.pid())) {
				open.put(key, note.pid());
			}
			else {
				open.remove(key);
			}
		}
		return List.copyOf(open.values());
	}

	private Set<String> done() {
		Set<String> done = new HashSet<>();
		notes().stream().filter((note) -> !note.begin()).forEach((note) -> done.add(note.payload()));
		return done;
	}

	private int mostInWork() {
		List<Note> notes = new ArrayList<>(notes());
		Set<String> open = new HashSet<>();
		notes.forEach((note) -> {
			String key = note.pid() + " " + note.payload();
			if (!note.begin() || !open.add(key)) {
				open.remove(key);
			}
		});
		for (String left : open) {
			long pid = Long.parseLong(left.split(" ")[0]);
			notes.add(new Note(false, this.killedAt.get(pid), pid, left.split(" ")[1]));
		}
		// An end at the same time comes first.
		notes.sort(Comparator.comparingLong(Note::at).thenComparing(Note::begin));
		int now = 0;
		int most = 0;
		for (Note note : notes) {
			now += note.begin() ? 1 : -1;
			most = Math.max(most, now);
		}
		return most;
	}

	private List<Note> notes() {
		Path ledger = this.directory.resolve("ledger");
		try {
			return Files.exists(ledger) ? Files.readAllLines(ledger).stream().map(Note::of).toList() : List.of();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Note(boolean begin, long at, long pid, String payload) {

		static Note of(String line) {
			String[] parts = line.split(" ");
			return new Note(parts[0].equals("+"), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3]);
		}

	}

}
