package org.activemessaging.samples.voyeur.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.activemessaging.PublishException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Publishes by one worker from a queue of limited length. Recording never waits: an event
 * that finds the queue full is dropped and counted.
 */
final class BackgroundStenographer implements Stenographer, SmartLifecycle {

	private static final Log logger = LogFactory.getLog(BackgroundStenographer.class);

	private static final Duration POLL = Duration.ofMillis(200);

	private final Shorthand shorthand;

	private final StenographerProperties properties;

	private final BlockingQueue<Shorthand.Note> queue;

	private final Complaint full = new Complaint();

	private final Complaint unreachable = new Complaint();

	private volatile CountDownLatch stopping = new CountDownLatch(0);

	private volatile @Nullable Thread worker;

	BackgroundStenographer(Shorthand shorthand, StenographerProperties properties, MeterRegistry meters) {
		this.shorthand = shorthand;
		this.properties = properties;
		this.queue = new ArrayBlockingQueue<>(properties.capacity());
		meters.gaugeCollectionSize("voyeur.stenographer.queued", Tags.empty(), this.queue);
	}

	@Override
	public String record(DataStream stream, StreamEvent event) {
		Shorthand.Note note = this.shorthand.note(stream, event);
		if (!this.queue.offer(note)) {
			this.shorthand.drop(note);
			this.full.raise("Dropping events: " + this.properties.capacity() + " are waiting to be published", null);
		}
		return note.id();
	}

	@Override
	public void start() {
		this.stopping = new CountDownLatch(1);
		Thread thread = new Thread(this::work, "stenographer");
		this.worker = thread;
		thread.start();
	}

	@Override
	public void stop() {
		Thread thread = this.worker;
		if (thread == null) {
			return;
		}
		this.worker = null;
		this.stopping.countDown();
		try {
			thread.join(this.properties.drainTimeout().toMillis());
			thread.interrupt();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		List<Shorthand.Note> left = new ArrayList<>();
		if (this.queue.drainTo(left) > 0) {
			logger.warn(left.size() + " events were not published before the application stopped");
			left.forEach(this.shorthand::drop);
		}
	}

	@Override
	public boolean isRunning() {
		return this.worker != null;
	}

	/**
	 * Starts before the web server and stops after it, so that the last page answered is
	 * recorded too.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 4096;
	}

	private void work() {
		try {
			while (!isStopping() || !this.queue.isEmpty()) {
				Shorthand.Note note = this.queue.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
				if (note != null) {
					publish(note);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void publish(Shorthand.Note note) {
		Duration pause = this.properties.initialBackOff();
		while (!tryPublish(note)) {
			if (stops(pause)) {
				this.shorthand.drop(note);
				return;
			}
			Duration next = pause.multipliedBy(2);
			pause = (next.compareTo(this.properties.maxBackOff()) < 0) ? next : this.properties.maxBackOff();
		}
	}

	private boolean tryPublish(Shorthand.Note note) {
		try {
			this.shorthand.publish(note);
			return true;
		}
		catch (PublishException ex) {
			this.unreachable.raise("Cannot publish to " + note.stream().destination() + ", " + this.queue.size()
					+ " more events are waiting; trying again", ex);
			return false;
		}
		catch (RuntimeException ex) {
			logger.error("Dropping an event that cannot be published to " + note.stream().destination(), ex);
			this.shorthand.drop(note);
			return true;
		}
	}

	private boolean stops(Duration pause) {
		try {
			return this.stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	private boolean isStopping() {
		return this.stopping.getCount() == 0;
	}

	/**
	 * A warning that is logged once a minute, however often there is reason for it.
	 */
	private static final class Complaint {

		private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

		private final AtomicLong last = new AtomicLong(System.nanoTime() - INTERVAL);

		void raise(String message, @Nullable Throwable cause) {
			long now = System.nanoTime();
			long before = this.last.get();
			if (now - before >= INTERVAL && this.last.compareAndSet(before, now)) {
				logger.warn(message, cause);
			}
		}

	}

}
