package org.activemessaging.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications in JVMs of their own, some of which die by SIGKILL.
 */
@Tag("long")
class ConsumerKillIT {

	private static final Duration LONG = Duration.ofSeconds(40);

	private final List<Process> children = new ArrayList<>();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private BrokerProcess broker;

	@BeforeEach
	void start() {
		this.broker = BrokerProcess.start(this.directory);
	}

	@AfterEach
	void stop() {
		this.children.forEach(ChildJvm::kill);
		this.broker.close();
	}

	@Test
	void applicationWithoutAWebServerLivesOn() throws InterruptedException {
		Path ledger = this.directory.resolve("ledger");
		try (PlainClient client = this.broker.client()) {
			Process child = consumer("voyeur", ledger, "--messaging.destination.orders.queue=" + Flow.QUEUE);
			client.sendText(Flow.QUEUE, "first");
			Flow.eventually().atMost(LONG).until(() -> lines(ledger).contains("first"));
			assertThat(child.waitFor(2, TimeUnit.SECONDS)).as("whether it has ended").isFalse();
			client.sendText(Flow.QUEUE, "second");
			Flow.eventually().until(() -> lines(ledger).contains("second"));
		}
	}

	@Test
	void killedConsumersLoseNothingAndRepeatLittle() {
		int messages = 1000;
		int kills = 5;
		int concurrency = 2;
		int window = 10;
		try (PlainClient client = this.broker.client()) {
			client.sendText(Flow.QUEUE, 0, messages);
		}
		Path ledger = this.directory.resolve("ledger");
		for (int kill = 1; kill <= kills; kill++) {
			Process child = consumer("voyeur", ledger, "--messaging.destination.orders.queue=" + Flow.QUEUE,
					"--messaging.listener.concurrency=" + concurrency, "--messaging.listener.window=" + window);
			int before = lines(ledger).size();
			Flow.eventually().atMost(LONG).until(() -> lines(ledger).size() > before + 60);
			ChildJvm.kill(child);
		}
		assertThat(new TreeSet<>(lines(ledger))).hasSizeLessThan(messages);
		consumer("voyeur", ledger, "--messaging.destination.orders.queue=" + Flow.QUEUE,
				"--messaging.listener.concurrency=" + concurrency, "--messaging.listener.window=" + window);
		Flow.eventually().atMost(LONG).until(() -> new TreeSet<>(lines(ledger)).size() == messages);
		try (PlainClient client = this.broker.client()) {
			Flow.eventually().until(() -> client.browse(Flow.QUEUE).isEmpty());
			assertThat(client.browse(Flow.DEAD_LETTERS)).isEmpty();
			assertThat(client.browse("ActiveMQ.DLQ")).isEmpty();
		}
		assertThat(new TreeSet<>(lines(ledger)))
			.isEqualTo(new TreeSet<>(IntStream.range(0, messages).mapToObj(String::valueOf).toList()));
		assertThat(lines(ledger)).hasSizeLessThanOrEqualTo(messages + kills * concurrency * window);
	}

	@Test
	void instancesOfAGroupShareTheLoadAndAnotherGroupGetsEverything() {
		int messages = 300;
		Path first = this.directory.resolve("first");
		Path second = this.directory.resolve("second");
		Path other = this.directory.resolve("other");
		String topic = "--messaging.destination.orders.virtual-topic=Orders";
		consumer("voyeur", first, topic);
		consumer("voyeur", second, topic);
		consumer("billing", other, topic, "--work=0");
		try (PlainClient client = this.broker.client()) {
			// Until the consumers of both groups are there, nothing of importance is
			// sent.
			Flow.eventually().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
				for (int i = 0; i < 4; i++) {
					client.sendToTopic("VirtualTopic.Orders", (session) -> session.createTextMessage("probe"));
				}
				return !lines(first).isEmpty() && !lines(second).isEmpty() && !lines(other).isEmpty();
			});
			for (int i = 0; i < messages; i++) {
				String text = String.valueOf(i);
				client.sendToTopic("VirtualTopic.Orders", (session) -> session.createTextMessage(text));
			}
		}
		Flow.eventually().atMost(LONG).until(() -> numbers(first).size() + numbers(second).size() >= messages);
		Flow.eventually().atMost(LONG).until(() -> numbers(other).size() >= messages);
		List<String> expected = IntStream.range(0, messages).mapToObj(String::valueOf).toList();
		List<String> shared = new ArrayList<>(numbers(first));
		shared.addAll(numbers(second));
		assertThat(shared).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(numbers(other)).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(numbers(first)).hasSizeGreaterThan(messages / 10);
		assertThat(numbers(second)).hasSizeGreaterThan(messages / 10);
	}

	private Process consumer(String application, Path ledger, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.application.name=" + application,
				"--spring.main.banner-mode=off", "--spring.main.web-application-type=none", "--logging.level.root=warn",
				"--messaging.broker.default.adapter=activemq", "--messaging.broker.default.url=" + this.broker.url(),
				"--ledger=" + ledger));
		all.addAll(List.of(arguments));
		Process child = ChildJvm.start(ConsumerMain.class, this.directory.resolve("consumer.log"), all);
		this.children.add(child);
		return child;
	}

	private static List<String> numbers(Path ledger) {
		return lines(ledger).stream().filter((line) -> !line.equals("probe")).toList();
	}

	private static List<String> lines(Path ledger) {
		try {
			return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
