package org.activemessaging.samples.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Starts brokers before anything connects to them, and starts each again some time after
 * it has ended, as the init system of a server does.
 */
final class BrokerProcesses implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(BrokerProcesses.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration LOOK = Duration.ofMillis(100);

	private final BrokerProcessProperties properties;

	private final CountDownLatch ready = new CountDownLatch(1);

	private List<SupervisedBroker> brokers = List.of();

	private @Nullable ScheduledExecutorService supervisor;

	BrokerProcesses(BrokerProcessProperties properties) {
		this.properties = properties;
	}

	/**
	 * Returns when one of the brokers can be reached, which is all that clients of
	 * several need: of a pair, only one can be.
	 */
	@Override
	public void start() {
		if (this.properties.broker().isEmpty()) {
			return;
		}
		try {
			Files.createDirectories(this.properties.directory());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.brokers = this.properties.broker()
			.entrySet()
			.stream()
			.map((entry) -> new SupervisedBroker(entry.getKey(), entry.getValue(), this.properties))
			.toList();
		ScheduledExecutorService executor = Executors
			.newSingleThreadScheduledExecutor((task) -> new Thread(task, "brokers"));
		this.supervisor = executor;
		executor.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
		try {
			if (!this.ready.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("No broker can be reached after " + PATIENCE.toSeconds() + " s, see the logs in "
						+ this.properties.directory());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look() {
		try {
			this.brokers.forEach(SupervisedBroker::startIfNeeded);
			if (this.ready.getCount() > 0 && this.brokers.stream().anyMatch(SupervisedBroker::isReachable)) {
				this.ready.countDown();
			}
		}
		catch (RuntimeException ex) {
			// Thrown, it would end the supervision.
			logger.error("Cannot look after the brokers", ex);
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService executor = this.supervisor;
		if (executor == null) {
			return;
		}
		this.supervisor = null;
		executor.shutdown();
		try {
			if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("A broker is still being started");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.brokers.forEach(SupervisedBroker::close);
	}

	@Override
	public boolean isRunning() {
		return this.supervisor != null;
	}

	/**
	 * Starts before all others and stops after them.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
