package org.activemessaging.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills by SIGKILL of the application that has a durable subscription, and of its broker.
 */
class DurableSubscriptionKillIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int WINDOW = 10;

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
	void killedSubscriberAndKilledBrokerLoseNothing() {
		int messages = 400;
		Process first = subscriber();
		try (PlainClient client = this.broker.client()) {
			// What is published before the subscription is there is for nobody.
			Flow.eventually().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
				client.sendToTopic(Flow.QUEUE, (session) -> session.createTextMessage("probe"));
				return !lines().isEmpty();
			});
			send(client, 0, messages / 2);
			Flow.eventually().atMost(LONG).until(() -> numbers().size() > 40);
			ChildJvm.kill(first);
			assertThat(numbers()).as("processed before the kill").hasSizeLessThan(messages / 2);
			send(client, messages / 2, messages);
		}
		this.broker.kill();
		this.broker.start();
		subscriber();
		int before = numbers().size();
		Flow.eventually().atMost(LONG).until(() -> numbers().size() > before + 40);
		this.broker.kill();
		assertThat(new TreeSet<>(numbers())).as("processed before the kill").hasSizeLessThan(messages);
		this.broker.start();
		Flow.eventually().atMost(LONG).until(() -> new TreeSet<>(numbers()).size() == messages);
		assertThat(numbers()).containsAll(IntStream.range(0, messages).mapToObj(String::valueOf).toList())
			.hasSizeLessThanOrEqualTo(messages + 2 * WINDOW);
		try (PlainClient client = this.broker.client()) {
			assertThat(client.browse(Flow.DEAD_LETTERS)).isEmpty();
			assertThat(client.browse("ActiveMQ.DLQ")).isEmpty();
		}
	}

	private static void send(PlainClient client, int from, int to) {
		for (int i = from; i < to; i++) {
			String text = String.valueOf(i);
			client.sendToTopic(Flow.QUEUE, (session) -> session.createTextMessage(text));
		}
	}

	private Process subscriber() {
		Process child = ChildJvm.start(ConsumerMain.class, this.directory.resolve("consumer.log"), List.of(
				"--spring.application.name=voyeur", "--spring.main.banner-mode=off",
				"--spring.main.web-application-type=none", "--logging.level.root=warn",
				"--messaging.broker.default.adapter=activemq", "--messaging.broker.default.url=" + this.broker.url(),
				"--messaging.broker.default.reconnect.max-delay=500ms",
				"--messaging.destination.orders.topic=" + Flow.QUEUE, "--messaging.processor.ledger.subscription=audit",
				"--messaging.listener.window=" + WINDOW, "--ledger=" + this.directory.resolve("ledger")));
		this.children.add(child);
		return child;
	}

	private List<String> numbers() {
		return lines().stream().filter((line) -> !line.equals("probe")).toList();
	}

	private List<String> lines() {
		Path ledger = this.directory.resolve("ledger");
		try {
			return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
