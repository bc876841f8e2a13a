package org.activemessaging.filter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishAllException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.MimeTypeUtils;

/**
 * Publishes traces on a thread of its own. Who adds one never waits and never fails: what
 * does not fit, and what the broker does not take, is dropped and counted.
 *
 * @since 0.1.0
 */
public final class Traces implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Traces.class);

	private static final int LARGEST_BATCH = 100;

	private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private static final long PAUSE = 1000;

	private static final long LONGEST_END = 2000;

	private final LongAdder dropped = new LongAdder();

	private final BlockingQueue<Map<String, Object>> waiting;

	private final String destination;

	private final Duration timeToLive;

	private final Supplier<MessagePublisher> publisher;

	private final Thread thread = new Thread(this::run, "messaging-traces");

	private final CountDownLatch end = new CountDownLatch(1);

	private long loggedAt = System.nanoTime() - LOG_INTERVAL;

	/**
	 * Creates it.
	 * @param destination the logical name of where traces go
	 * @param capacity how many traces may wait
	 * @param timeToLive how long a trace is of use
	 * @param publisher what publishes them; it may have filters that trace
	 */
	public Traces(String destination, int capacity, Duration timeToLive, Supplier<MessagePublisher> publisher) {
		this.destination = destination;
		this.waiting = new ArrayBlockingQueue<>(capacity);
		this.timeToLive = timeToLive;
		this.publisher = publisher;
		this.thread.setDaemon(true);
	}

	/**
	 * Begins to publish.
	 */
	public void start() {
		this.thread.start();
	}

	void add(Map<String, Object> trace) {
		if (!this.waiting.offer(trace)) {
			this.dropped.increment();
		}
	}

	/**
	 * Returns how many traces were dropped.
	 * @return the number since the start
	 */
	public long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Returns where traces go.
	 * @return the logical name
	 */
	public String destination() {
		return this.destination;
	}

	private void run() {
		try {
			while (this.end.getCount() > 0) {
				List<Map<String, Object>> batch = new ArrayList<>();
				batch.add(this.waiting.take());
				this.waiting.drainTo(batch, LARGEST_BATCH - 1);
				if (!publish(batch) && this.end.await(PAUSE, TimeUnit.MILLISECONDS)) {
					return;
				}
			}
		}
		catch (InterruptedException ex) {
			// The end.
		}
	}

	private boolean publish(List<Map<String, Object>> batch) {
		try {
			this.publisher.get()
				.to(this.destination)
				.persistent(false)
				.timeToLive(this.timeToLive)
				.contentType(MimeTypeUtils.APPLICATION_JSON_VALUE)
				.publishAll(batch);
			return true;
		}
		catch (PublishAllException ex) {
			failed(batch.size() - ex.getPublished(), ex);
		}
		catch (RuntimeException ex) {
			failed(batch.size(), ex);
		}
		return false;
	}

	private void failed(int count, Exception failure) {
		this.dropped.add(count);
		long now = System.nanoTime();
		if (this.end.getCount() > 0 && now - this.loggedAt >= LOG_INTERVAL) {
			this.loggedAt = now;
			logger.warn("Traces for '" + this.destination + "' are dropped, " + dropped()
					+ " by now, as they cannot be published: " + failure.getMessage());
		}
	}

	@Override
	public void close() {
		this.end.countDown();
		this.thread.interrupt();
		try {
			this.thread.join(LONGEST_END);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
