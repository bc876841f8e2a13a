package org.activemessaging.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.flow.BrokerProcess;
import org.activemessaging.flow.Flow;
import org.activemessaging.flow.PlainClient;
import org.apache.activemq.ActiveMQConnectionFactory;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * One run of a scenario with one kind of application: a broker, applications, and their
 * ledger.
 */
final class FaultRun implements AutoCloseable {

	static final String QUEUE = "Orders";

	static final String APPLICATION = "fault";

	/**
	 * How long anything may take that is expected to happen.
	 */
	static final Duration LONG = Duration.ofSeconds(60);

	private static final int BATCH = 500;

	private final List<AppProcess> applications = new ArrayList<>();

	private final List<Long> repairs = new ArrayList<>();

	private final AppProcess.Kind kind;

	private final String application;

	private final String queue;

	private final Path directory;

	private final BrokerProcess broker;

	private final LedgerFile ledger;

	private final LedgerReader reader;

	private long lookedAt = System.nanoTime();

	/**
	 * Creates a run, whose broker is being started.
	 * @param kind the kind of application
	 * @param parent where the run has a folder of its own
	 * @param brokerOptions options of the broker
	 */
	FaultRun(AppProcess.Kind kind, Path parent, String... brokerOptions) {
		this(kind, parent, APPLICATION, QUEUE, null, brokerOptions);
		this.broker.start();
	}

	private FaultRun(AppProcess.Kind kind, Path parent, String application, String queue, BrokerProcess broker,
			String... brokerOptions) {
		this.kind = kind;
		this.application = application;
		this.queue = queue;
		try {
			this.directory = Files.createTempDirectory(parent, kind.name().toLowerCase() + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.ledger = new LedgerFile(path());
		this.reader = new LedgerReader(path());
		this.broker = (broker != null) ? broker : new BrokerProcess(this.directory, brokerOptions);
	}

	/**
	 * Creates the run of another application on the same broker, with a ledger of its
	 * own.
	 * @param application its name
	 * @param queue its queue
	 */
	FaultRun beside(String application, String queue) {
		return new FaultRun(this.kind, this.directory, application, queue, this.broker);
	}

	Path path() {
		return this.directory.resolve("ledger");
	}

	Path log() {
		return this.directory.resolve("application.log");
	}

	BrokerProcess broker() {
		return this.broker;
	}

	LedgerFile ledger() {
		return this.ledger;
	}

	LedgerReader reader() {
		return this.reader;
	}

	/**
	 * Returns the URL of the broker.
	 * @param transport {@code tcp} or {@code failover}
	 */
	String url(String transport) {
		return transport.equals("failover") ? "failover:(" + this.broker.url() + ")" : this.broker.url();
	}

	AppProcess start(String... arguments) {
		return startOn(this.broker.url(), arguments);
	}

	AppProcess startOn(String url, String... arguments) {
		List<String> all = new ArrayList<>(List.of("spring.application.name=" + this.application));
		all.addAll(Arrays.asList(arguments));
		AppProcess application = AppProcess.start(this.kind, url, this.directory, this.ledger, all);
		this.applications.add(application);
		return application;
	}

	/**
	 * Returns an application of this library inside the test, with the same settings.
	 */
	ApplicationContextRunner runner(String url, String... properties) {
		Map<String, String> all = new LinkedHashMap<>(AppProcess.Kind.OURS.properties(url));
		all.put("spring.application.name", this.application);
		all.put("fault.ledger", path().toString());
		return new ApplicationContextRunner().withUserConfiguration(OurApplication.class)
			.withPropertyValues(all.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + "=" + entry.getValue())
				.toArray(String[]::new))
			.withPropertyValues(properties);
	}

	/**
	 * Notes that a fault is repaired, from which the time to recover counts.
	 */
	void repaired() {
		this.repairs.add(System.currentTimeMillis());
	}

	/**
	 * Kills the broker and starts it again with what its journal holds.
	 */
	void restartBroker() {
		this.broker.kill();
		this.broker.start();
		repaired();
	}

	/**
	 * Puts messages into the queue, as a client that knows nothing of this library.
	 * @param prefix the first part of their ids
	 * @param count how many
	 */
	void preload(String prefix, int count) {
		preload(prefix, 0, count);
	}

	/**
	 * Puts messages of message groups into the queue, one of each group in turn.
	 * @param prefix the first part of the names of the groups
	 * @param groups how many groups, 0 for messages without a group
	 * @param count how many messages
	 */
	void preload(String prefix, int groups, int count) {
		try (Connection connection = new ActiveMQConnectionFactory(this.broker.url()).createConnection()) {
			Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
			MessageProducer producer = session.createProducer(session.createQueue(this.queue));
			for (int i = 0; i < count; i++) {
				String group = (groups > 0) ? prefix + i % groups : prefix;
				String id = group + "-" + ((groups > 0) ? i / groups : i);
				Message message = session.createTextMessage(id);
				if (groups > 0) {
					message.setStringProperty("JMSXGroupID", group);
				}
				producer.send(message);
				if (i % BATCH == BATCH - 1) {
					session.commit();
				}
				this.ledger.write(LedgerEntry.Type.ACKED, id);
			}
			session.commit();
		}
		catch (JMSException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits until this many more messages are done, or none is left to be done.
	 */
	void awaitProgress(int count) {
		int goal = this.reader.done() + count;
		Flow.eventually()
			.atMost(LONG)
			.until(() -> isRunning() && this.reader.done() >= goal || this.reader.acked() > 0 && isSettledByNow());
	}

	/**
	 * Waits until this many messages were published, with or without the broker's word.
	 */
	void awaitAcked(int messages) {
		Flow.eventually()
			.atMost(LONG)
			.until(() -> isRunning()
					&& this.reader.acked() + this.reader.count(LedgerEntry.Type.UNCERTAIN) >= messages);
	}

	/**
	 * Waits until this many messages were published and none of them waits any more.
	 */
	void awaitSettled(int messages) {
		awaitAcked(messages);
		awaitQuiet();
	}

	/**
	 * Waits until no message waits any more.
	 */
	void awaitQuiet() {
		Flow.eventually().atMost(LONG.multipliedBy(3)).pollInterval(Duration.ofMillis(200)).until(this::isSettled);
	}

	private boolean isRunning() {
		if (!this.applications.isEmpty() && this.applications.stream().noneMatch(AppProcess::isAlive)) {
			throw new IllegalStateException("No application runs any more, see " + log());
		}
		return true;
	}

	// Now and then only: looking costs the broker more than a message does.
	private boolean isSettledByNow() {
		long now = System.nanoTime();
		if (now - this.lookedAt < Duration.ofMillis(500).toNanos()) {
			return false;
		}
		this.lookedAt = now;
		return isSettled();
	}

	/**
	 * Tells whether no message waits any more. Looks at the queue twice, as a message may
	 * go from it to a delay queue and back meanwhile.
	 */
	boolean isSettled() {
		String delay = "DELAY." + this.application + ".";
		try (PlainClient client = this.broker.client()) {
			return Stream.of(this.queue, delay + "1s", delay + "4s", delay + "16s", this.queue)
				.allMatch((queue) -> client.browse(queue).isEmpty());
		}
	}

	/**
	 * Notes what the broker has taken from the producers of another run.
	 */
	void copyAcked(FaultRun other) {
		other.reader.entries()
			.stream()
			.filter((entry) -> entry.type() == LedgerEntry.Type.ACKED)
			.forEach((entry) -> this.ledger.write(entry.type(), entry.id()));
	}

	/**
	 * Ends all applications, takes out what the broker still holds, and judges.
	 */
	Verdict verdict() {
		end();
		try (PlainClient client = this.broker.client()) {
			return LedgerCheck.check(this.reader.entries(), Remains.drain(client, this.application, this.queue),
					this.repairs);
		}
	}

	private void end() {
		this.applications.forEach(AppProcess::close);
	}

	@Override
	public void close() {
		end();
		this.broker.close();
		this.ledger.close();
	}

}
