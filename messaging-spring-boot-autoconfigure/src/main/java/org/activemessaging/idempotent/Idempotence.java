package org.activemessaging.idempotent;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.activemessaging.broker.OutageLog;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.listener.DeliveryListener;
import org.activemessaging.processor.ProcessorDefinition;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Makes the calls of processors idempotent, and forgets in the background, by a thread of
 * its own, what was processed long ago. Several instances of an application may do that
 * at the same time.
 *
 * @since 0.1.0
 */
public final class Idempotence implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Idempotence.class);

	private static final int BATCH = 1000;

	private final ProcessedMessages processed;

	private final PlatformTransactionManager transactions;

	private final Duration retention;

	private final Duration cleanupInterval;

	private @Nullable ScheduledExecutorService cleanup;

	/**
	 * Creates the maker of idempotent calls.
	 * @param processed what was processed
	 * @param transactions what begins a transaction of the same database
	 * @param retention how long it is remembered that a message was processed
	 * @param cleanupInterval how often what is older is deleted
	 */
	public Idempotence(ProcessedMessages processed, PlatformTransactionManager transactions, Duration retention,
			Duration cleanupInterval) {
		this.processed = processed;
		this.transactions = transactions;
		this.retention = retention;
		this.cleanupInterval = cleanupInterval;
	}

	/**
	 * Makes the call of a processor idempotent.
	 * @param processor the processor
	 * @param name its name among all processors that share the database
	 * @param key what its messages are known by
	 * @param method its method
	 * @param listener who is told of duplicates
	 * @return the call
	 */
	public FilterChain around(ProcessorDefinition processor, String name, MessageKey key, FilterChain method,
			DeliveryListener listener) {
		startCleanup();
		return new IdempotentCall(name, key, this.processed, this.transactions, method,
				() -> listener.duplicate(processor));
	}

	private synchronized void startCleanup() {
		if (this.cleanup == null) {
			CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-idempotent-cleanup-");
			threads.setDaemon(true);
			ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(threads);
			long interval = Math.max(1, this.cleanupInterval.toMillis());
			// Instances that were started together need not clean up together.
			long first = ThreadLocalRandom.current().nextLong(interval);
			executor.scheduleWithFixedDelay(() -> cleanUp(executor), first, interval, TimeUnit.MILLISECONDS);
			this.cleanup = executor;
		}
	}

	// In small transactions, which neither hold many locks nor grow the database's log.
	private void cleanUp(ScheduledExecutorService executor) {
		try {
			Instant before = Instant.now().minus(this.retention);
			int deleted = BATCH;
			while (deleted == BATCH && !executor.isShutdown()) {
				deleted = this.processed.deleteOldest(before, BATCH);
			}
		}
		catch (DataAccessException ex) {
			logger.warn("Old rows of " + ProcessedMessages.TABLE + " are not deleted now, but later: "
					+ OutageLog.describe(ex));
		}
		catch (RuntimeException ex) {
			logger.warn("Old rows of " + ProcessedMessages.TABLE + " are not deleted now, but later", ex);
		}
	}

	@Override
	public synchronized void close() {
		if (this.cleanup != null) {
			this.cleanup.shutdownNow();
		}
	}

}
