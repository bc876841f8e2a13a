package org.activemessaging.flow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import org.activemessaging.MessagePublisher;
import org.activemessaging.autoconfigure.MessagingJdbcAutoConfiguration;
import org.activemessaging.outbox.OutboxRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications with a database, in JVMs of their own, that die by SIGKILL or halt: for
 * each database.
 */
abstract class DatabaseKillScenarios {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String RESULTS = "Results";

	private static final int BATCH = 20;

	private final List<Process> children = new ArrayList<>();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private String url;

	private Database database;

	private BrokerProcess broker;

	/**
	 * Returns the URL of a new database that outlives its clients.
	 */
	abstract String newDatabase();

	@BeforeEach
	void start() {
		this.url = newDatabase();
		this.database = new Database(this.url);
		this.broker = BrokerProcess.start(this.directory);
	}

	@AfterEach
	void stop() {
		this.children.forEach(ChildJvm::kill);
		if (this.broker != null) {
			this.broker.close();
			this.database.close();
		}
	}

	@Test
	void haltBetweenTheCommitsOfDatabaseAndBrokerDoublesNoEffectAndLosesNoOutput() throws InterruptedException {
		int messages = 30;
		List<String> expected = IntStream.range(0, messages).mapToObj(String::valueOf).toList();
		try (PlainClient client = this.broker.client()) {
			for (String text : expected) {
				client.send(Flow.QUEUE, (session) -> {
					Message message = session.createTextMessage(text);
					message.setStringProperty("am_id", "id-" + text);
					return message;
				});
			}
			for (int halt = 1; halt <= 3; halt++) {
				Process child = child("--process=true", "--halt=true");
				assertThat(child.waitFor()).isEqualTo(1);
				assertThat(this.database.effects()).hasSizeLessThan(messages);
			}
			child("--process=true");
			Flow.eventually().atMost(LONG).until(() -> client.browse(Flow.QUEUE).isEmpty() && outbox() == 0);
			assertThat(this.database.effects()).containsExactlyInAnyOrderElementsOf(expected);
			assertThat(new TreeSet<>(client.drainTexts(RESULTS))).isEqualTo(new TreeSet<>(expected));
			assertThat(client.browse(Flow.DEAD_LETTERS)).isEmpty();
		}
	}

	@Test
	void killedRelaysLoseNothingKeepTheOrderAndRepeatAtMostABatch() throws JMSException {
		int messages = 1000;
		int kills = 5;
		child();
		child();
		Flow.eventually().atMost(LONG).until(() -> holder() != null);
		Flow.application(this.broker.url())
			.withConfiguration(AutoConfigurations.of(MessagingJdbcAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class))
			.withInitializer(
					(context) -> context.getBeanFactory().registerSingleton("dataSource", this.database.dataSource()))
			.withPropertyValues("messaging.destination.results.queue=" + RESULTS, "messaging.outbox.enabled=true")
			.run((context) -> {
				context.getBean(OutboxRelay.class).stop();
				TransactionTemplate transaction = new TransactionTemplate(
						context.getBean(PlatformTransactionManager.class));
				MessagePublisher publisher = context.getBean(MessagePublisher.class);
				for (int kill = 0; kill < kills; kill++) {
					int from = kill * messages / kills;
					transaction.executeWithoutResult((status) -> IntStream.range(from, from + messages / kills)
						.forEach((i) -> publisher.publish("results", String.valueOf(i))));
					Flow.eventually()
						.atMost(LONG)
						.pollInterval(Duration.ofMillis(1))
						.until(() -> outbox() < messages / kills - 30);
					Process holder = holder();
					ChildJvm.kill(holder);
					this.children.remove(holder);
					assertThat(outbox()).as("messages left by the one that was killed").isPositive();
					Flow.eventually().atMost(LONG).until(() -> outbox() == 0);
					assertThat(holder()).isNotNull().isNotEqualTo(holder);
					child();
				}
			});
		Map<String, String> ids = new LinkedHashMap<>();
		List<String> texts = new ArrayList<>();
		try (PlainClient client = this.broker.client()) {
			try (MessageConsumer consumer = client.session().createConsumer(client.session().createQueue(RESULTS))) {
				for (Message message = consumer.receive(5000); message != null; message = consumer.receive(500)) {
					String text = message.getBody(String.class);
					texts.add(text);
					String id = ids.putIfAbsent(text, message.getStringProperty("am_id"));
					assertThat(message.getStringProperty("am_id")).isEqualTo((id != null) ? id : ids.get(text));
				}
			}
		}
		assertThat(new ArrayList<>(new LinkedHashSet<>(texts)))
			.containsExactlyElementsOf(IntStream.range(0, messages).mapToObj(String::valueOf).toList());
		assertThat(texts).hasSizeLessThanOrEqualTo(messages + kills * BATCH);
	}

	private Process child(String... arguments) {
		List<String> all = new ArrayList<>(List.of("--spring.application.name=voyeur", "--spring.main.banner-mode=off",
				"--spring.main.web-application-type=none", "--logging.level.root=warn", "--spring.main.keep-alive=true",
				"--database=" + this.url, "--messaging.broker.default.adapter=activemq",
				"--messaging.broker.default.url=" + this.broker.url(), "--messaging.jdbc.initialize-schema=always",
				"--messaging.destination.orders.queue=" + Flow.QUEUE,
				"--messaging.destination.results.queue=" + RESULTS, "--messaging.outbox.enabled=true",
				"--messaging.outbox.lease=1s", "--messaging.outbox.poll-interval=100ms",
				"--messaging.outbox.batch-size=" + BATCH));
		all.addAll(List.of(arguments));
		if (all.contains("--process=true")) {
			all.add("--messaging.processor.orders.idempotent.enabled=true");
		}
		Process child = ChildJvm.start(DatabaseMain.class, this.directory.resolve("application.log"), all);
		this.children.add(child);
		return child;
	}

	/**
	 * Returns the application that relays.
	 */
	private Process holder() {
		try {
			List<String> owners = this.database.jdbc().queryForList("SELECT OWNER FROM MESSAGING_LEASE", String.class);
			return this.children.stream()
				.filter((child) -> owners.stream().anyMatch((owner) -> owner.startsWith(child.pid() + "-")))
				.findFirst()
				.orElse(null);
		}
		catch (BadSqlGrammarException ex) {
			return null;
		}
	}

	private long outbox() {
		Long count = this.database.jdbc().queryForObject("SELECT COUNT(*) FROM MESSAGING_OUTBOX", Long.class);
		return (count != null) ? count : -1;
	}

}
