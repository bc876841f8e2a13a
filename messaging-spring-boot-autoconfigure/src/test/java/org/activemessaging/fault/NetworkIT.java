package org.activemessaging.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.PlainClient;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.doctor.Doctor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A network of two brokers, whose link breaks, and whose consumer moves from one to the
 * other.
 */
class NetworkIT {

	// A browser is shown 400 at most.
	private static final int MESSAGES = 350;

	// What the documentation tells to set.
	private static final String[] DOCUMENTED = { "documented=true" };

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private Path directory;

	private final List<AutoCloseable> closeables = new ArrayList<>();

	private LedgerFile ledger;

	private LedgerReader reader;

	private BrokerProcess near;

	private BrokerProcess far;

	private FaultProxy link;

	@BeforeEach
	void ledger() {
		this.ledger = closed(new LedgerFile(this.directory.resolve("ledger")));
		this.reader = new LedgerReader(this.directory.resolve("ledger"));
	}

	@AfterEach
	void stop() throws Exception {
		for (int i = this.closeables.size() - 1; i >= 0; i--) {
			this.closeables.get(i).close();
		}
	}

	@Test
	void byDefaultMessagesAreStrandedAndThatIsSaid() {
		network();
		int done = moveConsumerToTheFarBrokerAndBack();
		startConsumer(this.near);
		Flow.throughout(Duration.ofSeconds(3)).until(() -> this.reader.done() == done);
		assertThat(depth(this.near)).isZero();
		// The window of the consumer that was killed is there, too.
		assertThat(depth(this.far)).isBetween(MESSAGES - done, MESSAGES - done + 10);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
			.withPropertyValues("messaging.broker.default.adapter=activemq",
					"messaging.broker.default.url=" + this.far.url(), "messaging.group=fault",
					"messaging.destination.orders.queue=" + FaultRun.QUEUE,
					"messaging.operations.sample-interval=200ms")
			.run((context) -> {
				MessagingOperations operations = context.getBean(MessagingOperations.class);
				Flow.eventually()
					.until(() -> operations.brokers()
						.get("default")
						.warnings()
						.stream()
						.anyMatch((warning) -> warning.contains("stranded in queue 'Orders'")));
				Doctor doctor = context.getBean(Doctor.class);
				Flow.eventually()
					.until(() -> doctor.view()
						.findings()
						.stream()
						.anyMatch((finding) -> finding.id().equals("stranded-on-network")
								&& finding.subject().name().equals("orders")));
			});
	}

	@Test
	void withTheDocumentedSettingsNothingIsLostWhateverBreaks() {
		network(DOCUMENTED);
		moveConsumerToTheFarBrokerAndBack();
		AppProcess consumer = startConsumer(this.near);
		awaitProgress(60);
		this.link.cut();
		awaitProgress(20);
		consumer.kill();
		consumer = startConsumer(this.far);
		awaitProgress(60);
		this.far.kill();
		this.far.start();
		awaitProgress(60);
		consumer.kill();
		this.near.kill();
		this.near.start();
		startConsumer(this.near);
		Flow.eventually().atMost(FaultRun.LONG).until(() -> this.reader.open().isEmpty());
		Flow.eventually().until(() -> depth(this.near) == 0 && depth(this.far) == 0);
		Verdict verdict = LedgerCheck.check(this.reader.entries(), remains(this.near).and(remains(this.far)),
				List.of());
		// Three consumers that are killed, each with a window of ten, and two brokers.
		int bound = 5 * 10;
		FaultReport.write("28", new FaultReport.Row("network of brokers cut, killed and healed, consumer moves", 2,
				verdict, bound, null));
		Verdicts.assertPromiseKept(verdict, bound);
		assertThat(verdict.deadLettered()).isEmpty();
	}

	private void network(String... options) {
		this.near = broker("near", options);
		this.link = closed(new FaultProxy(this.near.port()));
		List<String> all = new ArrayList<>(List.of(options));
		all.add("network=" + this.link.url());
		this.far = broker("far", all.toArray(String[]::new));
	}

	private BrokerProcess broker(String name, String... options) {
		Path folder = this.directory.resolve(name);
		folder.toFile().mkdirs();
		List<String> all = new ArrayList<>(List.of(options));
		all.add("name=" + name);
		BrokerProcess broker = closed(new BrokerProcess(folder, all.toArray(String[]::new)));
		broker.start();
		return broker;
	}

	// Returns how many messages are done.
	private int moveConsumerToTheFarBrokerAndBack() {
		try (PlainClient client = this.near.client()) {
			for (int i = 0; i < MESSAGES; i++) {
				client.sendText(FaultRun.QUEUE, "m-" + i);
				this.ledger.write(LedgerEntry.Type.ACKED, "m-" + i);
			}
		}
		AppProcess consumer = startConsumer(this.far);
		awaitProgress(20);
		Flow.eventually().until(() -> depth(this.near) == 0);
		consumer.kill();
		return this.reader.done();
	}

	private AppProcess startConsumer(BrokerProcess broker) {
		return closed(AppProcess.start(AppProcess.Kind.OURS, broker.url(), this.directory, this.ledger,
				List.of("fault.work=10")));
	}

	private void awaitProgress(int messages) {
		int goal = Math.min(MESSAGES, this.reader.done() + messages);
		Flow.eventually().atMost(FaultRun.LONG).until(() -> this.reader.done() >= goal);
	}

	private static int depth(BrokerProcess broker) {
		try (PlainClient client = broker.client()) {
			return client.browse(FaultRun.QUEUE).size();
		}
	}

	private static Remains remains(BrokerProcess broker) {
		try (PlainClient client = broker.client()) {
			return Remains.drain(client, FaultRun.APPLICATION, FaultRun.QUEUE);
		}
	}

	private <T extends AutoCloseable> T closed(T closeable) {
		this.closeables.add(closeable);
		return closeable;
	}

}
