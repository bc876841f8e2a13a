package org.activemessaging.claimcheck;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Removes payloads from the store when their time is over: whole days, on a thread of its
 * own.
 *
 * @since 0.1.0
 */
public final class ClaimCleanup implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ClaimCleanup.class);

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "messaging-claim-cleanup");
		thread.setDaemon(true);
		return thread;
	});

	private final ClaimStore store;

	private final Duration retention;

	private final Duration interval;

	private final Clock clock;

	/**
	 * Creates it.
	 * @param store the store
	 * @param retention how long payloads are kept at least, or zero for ever
	 * @param interval how often to look
	 * @param clock tells the time
	 */
	public ClaimCleanup(ClaimStore store, Duration retention, Duration interval, Clock clock) {
		this.store = store;
		this.retention = retention;
		this.interval = interval;
		this.clock = clock;
	}

	/**
	 * Begins to look, unless payloads are kept for ever.
	 */
	public void start() {
		if (this.retention.isZero()) {
			return;
		}
		this.executor.scheduleWithFixedDelay(this::run, 0, this.interval.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void run() {
		try {
			int removed = clean();
			if (removed > 0) {
				logger.info("Removed " + removed + " payloads from the claim-check store, which were kept for longer"
						+ " than " + this.retention);
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("Old payloads cannot be removed from the claim-check store: " + ex.getMessage());
		}
	}

	/**
	 * Removes what is older than the retention, now.
	 * @return how many payloads were removed
	 * @throws IOException if the store cannot be asked
	 */
	public int clean() throws IOException {
		return this.store.removeBefore(LocalDate.ofInstant(this.clock.instant().minus(this.retention), ZoneOffset.UTC));
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
