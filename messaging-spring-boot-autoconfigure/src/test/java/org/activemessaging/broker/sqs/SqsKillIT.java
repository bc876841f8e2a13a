package org.activemessaging.broker.sqs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.activemessaging.contract.SqsUnderTest;
import org.activemessaging.fault.Form;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.ChildJvm;
import org.activemessaging.flow.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications, and a service, that die by SIGKILL while messages are processed.
 */
class SqsKillIT {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final int KILLS = Form.size(10, 1);

	private static final int WINDOW = 10;

	private static final int CONCURRENCY = 2;

	private final List<Process> children = new ArrayList<>();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private String url;

	private SqsClient client;

	@AfterEach
	void stop() {
		this.children.forEach(ChildJvm::kill);
		this.client.close();
	}

	@Test
	void killedConsumersLoseNothingAndRepeatLittle() {
		int messages = Form.size(3000, 300);
		Path ledger = this.directory.resolve("ledger");
		try (ElasticMq service = ElasticMq.start(BrokerProcess.freePort())) {
			fill(service.url(), messages);
			Process current = consumer(ledger);
			for (int kill = 1; kill <= KILLS; kill++) {
				// Its start takes longer than anything else, so it is on its way already.
				Process next = consumer(ledger);
				int enough = kill * messages / (KILLS + 2);
				Flow.eventually().atMost(LONG).until(() -> lines(ledger).size() >= enough);
				ChildJvm.kill(current);
				current = next;
			}
			assertThat(new TreeSet<>(lines(ledger))).hasSizeLessThan(messages);
			check(ledger, messages, KILLS * CONCURRENCY * 2 * WINDOW);
		}
	}

	@Test
	@Tag("long")
	void killedServiceLosesNothing() {
		int messages = 200;
		Path ledger = this.directory.resolve("ledger");
		try (SqsUnderTest service = new SqsUnderTest(this.directory)) {
			service.start();
			fill(service.url(), messages);
			consumer(ledger);
			for (int kill = 1; kill <= 2; kill++) {
				int enough = kill * messages / 4;
				Flow.eventually().atMost(LONG).until(() -> lines(ledger).size() >= enough);
				service.kill();
				service.start();
			}
			check(ledger, messages, 2 * CONCURRENCY * 2 * WINDOW);
		}
	}

	private void check(Path ledger, int messages, int mostRepeated) {
		List<String> expected = IntStream.range(0, messages).mapToObj(String::valueOf).toList();
		Flow.eventually().atMost(LONG).until(() -> new TreeSet<>(lines(ledger)).size() == messages);
		Flow.eventually().atMost(LONG).until(() -> depth("Orders") == 0);
		assertThat(new TreeSet<>(lines(ledger))).containsExactlyInAnyOrderElementsOf(new TreeSet<>(expected));
		assertThat(lines(ledger).size() - messages).as("repeated").isBetween(0, mostRepeated);
		List<String> results = drain("Results");
		assertThat(new TreeSet<>(results)).containsExactlyInAnyOrderElementsOf(new TreeSet<>(expected));
		assertThat(this.client.listQueues((request) -> request.queueNamePrefix("DLQ__")).queueUrls()).isEmpty();
	}

	private void fill(String service, int messages) {
		this.url = service;
		this.client = SqsClient.builder()
			.endpointOverride(URI.create(service))
			.region(Region.US_EAST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
		String url = this.client.createQueue((request) -> request.queueName("Orders")).queueUrl();
		for (int i = 0; i < messages; i += 10) {
			List<SendMessageBatchRequestEntry> entries = IntStream.range(i, i + 10)
				.mapToObj((number) -> SendMessageBatchRequestEntry.builder()
					.id(String.valueOf(number))
					.messageBody(String.valueOf(number))
					.build())
				.toList();
			assertThat(this.client.sendMessageBatch((request) -> request.queueUrl(url).entries(entries)).failed())
				.isEmpty();
		}
	}

	private int depth(String queue) {
		var attributes = this.client
			.getQueueAttributes((request) -> request.queueUrl(url(queue)).attributeNames(QueueAttributeName.ALL))
			.attributes();
		return Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
				+ Integer.parseInt(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
	}

	private List<String> drain(String queue) {
		List<String> bodies = new ArrayList<>();
		List<Message> messages = receive(queue);
		while (!messages.isEmpty()) {
			messages.forEach((message) -> bodies.add(message.body()));
			messages = receive(queue);
		}
		return bodies;
	}

	private List<Message> receive(String queue) {
		return this.client
			.receiveMessage((request) -> request.queueUrl(url(queue)).maxNumberOfMessages(10).visibilityTimeout(600))
			.messages();
	}

	private String url(String queue) {
		return this.client.getQueueUrl((request) -> request.queueName(queue)).queueUrl();
	}

	private Process consumer(Path ledger) {
		Process child = ChildJvm.start(SqsConsumerMain.class, this.directory.resolve("consumer.log"),
				List.of("--spring.application.name=voyeur", "--spring.main.banner-mode=off",
						"--spring.main.web-application-type=none", "--logging.level.root=warn",
						"--messaging.broker.jobs.adapter=sqs", "--messaging.broker.jobs.url=" + this.url,
						"--messaging.broker.jobs.properties.visibility-timeout=2s",
						"--messaging.broker.jobs.properties.wait-time=1s",
						"--messaging.broker.jobs.reconnect.initial-delay=100ms",
						"--messaging.broker.jobs.reconnect.max-delay=500ms", "--ledger=" + ledger,
						"--messaging.destination.orders.queue=Orders", "--messaging.destination.results.queue=Results",
						"--messaging.listener.concurrency=" + CONCURRENCY, "--messaging.listener.window=" + WINDOW));
		this.children.add(child);
		return child;
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
