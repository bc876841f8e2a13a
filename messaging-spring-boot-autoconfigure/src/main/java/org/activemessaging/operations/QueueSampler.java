package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.broker.ConnectionGuard;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;

/**
 * Looks at the queues of one broker every few seconds, on a thread and a connection of
 * its own, and so knows whether the broker answers. Whoever asks for numbers gets the
 * last ones and never waits.
 */
final class QueueSampler {

	private static final Log logger = LogFactory.getLog(QueueSampler.class);

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final Map<String, QueueSample> samples = new ConcurrentHashMap<>();

	private volatile CountDownLatch stopped = new CountDownLatch(1);

	private final ConnectionGuard guard = new ConnectionGuard();

	private final Broker broker;

	private final Supplier<Collection<String>> queues;

	private final Duration interval;

	private final OutageLog outage;

	private final Set<String> logged = new HashSet<>();

	private volatile List<String> warnings = List.of();

	private volatile List<BrokerCondition> conditions = List.of();

	private volatile Map<String, String> gaps = Map.of();

	private volatile State state = new State(BrokerStatus.UNKNOWN, Instant.now(), null);

	private volatile long lastSignOfLife = System.nanoTime();

	QueueSampler(Broker broker, Supplier<Collection<String>> queues, Duration interval) {
		this.broker = broker;
		this.queues = queues;
		this.interval = interval;
		this.outage = new OutageLog(logger, "The sampling of queues on " + broker);
	}

	void start() {
		CountDownLatch stopped = new CountDownLatch(1);
		this.stopped = stopped;
		Thread thread = new Thread(() -> run(stopped), "messaging-operations-" + this.broker.name());
		thread.setDaemon(true);
		thread.start();
	}

	void stop() {
		this.stopped.countDown();
		this.guard.closeUnlessEnded("messaging-operations-close-" + this.broker.name());
	}

	private void run(CountDownLatch stopped) {
		do {
			try {
				sampleUntilStopped(stopped);
			}
			catch (JMSException | RuntimeException ex) {
				this.outage.lost(ex);
				change(BrokerStatus.DOWN, this.outage.reason());
			}
		}
		while (!isStopped(stopped));
	}

	private void sampleUntilStopped(CountDownLatch stopped) throws JMSException {
		Connection connection = this.guard.open(this.broker);
		try {
			connection.start();
			Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			QueueInspector inspector = this.broker.adapter().inspector(session);
			this.outage.regained();
			do {
				for (QueueSample sample : inspector.inspect(this.queues.get(), LIMIT)) {
					this.samples.put(sample.queue(), sample);
				}
				this.gaps = inspector.gaps();
				note(inspector.warnings());
				this.conditions = List.copyOf(inspector.conditions());
				this.lastSignOfLife = System.nanoTime();
				change(BrokerStatus.UP, null);
			}
			while (!isStopped(stopped));
		}
		finally {
			JmsUtils.closeConnection(connection);
		}
	}

	private boolean isStopped(CountDownLatch stopped) {
		try {
			return stopped.await(this.interval.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	private void change(BrokerStatus status, @Nullable String reason) {
		State current = this.state;
		this.state = new State(status, (current.status() == status) ? current.since() : Instant.now(), reason);
	}

	State state() {
		State current = this.state;
		Duration silence = Duration.ofNanos(System.nanoTime() - this.lastSignOfLife);
		Duration tolerated = this.interval.multipliedBy(2).plus(LIMIT);
		if (current.status() == BrokerStatus.DOWN || silence.compareTo(tolerated) <= 0) {
			return current;
		}
		// The client may wait for its broker without a word.
		return new State(BrokerStatus.DOWN, Instant.now().minus(silence),
				"no answer for " + silence.toSeconds() + " s");
	}

	private void note(List<String> warnings) {
		this.warnings = List.copyOf(warnings);
		for (String warning : warnings) {
			// Once each: what comes and goes must not fill the log.
			if (this.logged.add(warning)) {
				logger.warn("About " + this.broker + ": " + warning);
			}
		}
	}

	List<String> warnings() {
		return this.warnings;
	}

	List<BrokerCondition> conditions() {
		return this.conditions;
	}

	/**
	 * Tells why numbers are missing, by the name of the number.
	 */
	Map<String, String> gaps() {
		return this.gaps;
	}

	@Nullable QueueSample sample(String queue) {
		return this.samples.get(queue);
	}

	/**
	 * Whether the broker answers.
	 *
	 * @param status whether it does
	 * @param since since when
	 * @param reason why not
	 */
	record State(BrokerStatus status, Instant since, @Nullable String reason) {
	}

}
