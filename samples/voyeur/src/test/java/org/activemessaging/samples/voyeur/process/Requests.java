package org.activemessaging.samples.voyeur.process;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Visitors who ask for pages until they are stopped.
 */
public final class Requests implements AutoCloseable {

	private static final int THREADS = 4;

	private static final int PAUSE_MILLIS = 25;

	private final List<String> visitors = Stream.generate(UUID::randomUUID)
		.limit(24)
		.map((session) -> "voyeur=" + session)
		.toList();

	private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(THREADS);

	private final AtomicInteger number = new AtomicInteger();

	private final List<String> answered = new CopyOnWriteArrayList<>();

	private final VoyeurClient pages;

	private final String name;

	public Requests(VoyeurClient pages, String name) {
		this.pages = pages;
		this.name = name;
		for (int i = 0; i < THREADS; i++) {
			this.executor.scheduleWithFixedDelay(this::request, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void request() {
		int next = this.number.getAndIncrement();
		String uri = "/articles/telex?" + this.name + "=" + next;
		try {
			if (this.pages.get(uri, this.visitors.get(next % this.visitors.size())).statusCode() == 200) {
				this.answered.add(uri);
			}
		}
		catch (IOException ex) {
			// Not answered, so nothing is promised about it.
		}
	}

	/**
	 * Returns what was answered with a page.
	 * @return the paths and queries
	 */
	public List<String> answered() {
		return this.answered;
	}

	/**
	 * Ends the requests and waits for the answers that are due.
	 * @return what was answered with a page
	 */
	public List<String> stop() {
		close();
		return List.copyOf(this.answered);
	}

	@Override
	public void close() {
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("A request has got no answer for half a minute");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
