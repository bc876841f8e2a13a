package org.activemessaging.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.activemessaging.flow.Flow;

/**
 * Two consumers and two producers, all behind one stretch of network, and a broker, while
 * things break as a schedule says.
 */
final class RandomRun implements AutoCloseable {

	static final int CONSUMERS = 2;

	static final int CONCURRENCY = 2;

	static final int PRODUCERS = 2;

	private static final Duration PAUSE = Duration.ofMillis(20);

	private final List<AppProcess> consumers = new ArrayList<>();

	private final Path directory;

	private final String window;

	private final int messages;

	private final FaultRun run;

	private final FaultProxy network;

	/**
	 * Creates a run.
	 * @param directory where its files are
	 * @param window the window of the consumers
	 * @param length how long messages are produced, if nothing breaks
	 */
	RandomRun(Path directory, String window, Duration length) {
		this.window = window;
		this.directory = directory;
		this.messages = Math.toIntExact(PRODUCERS * length.toMillis() / PAUSE.toMillis() / 2);
		this.run = new FaultRun(AppProcess.Kind.OURS, directory);
		this.network = new FaultProxy(this.run.broker().port());
	}

	/**
	 * Returns the messages that fail always, some of them in a message group.
	 */
	static Set<String> failing() {
		return Set.of("p0-11", "p1-42", "g1-23");
	}

	void start() {
		for (int i = 0; i < CONSUMERS; i++) {
			this.consumers.add(startConsumer(i));
		}
		this.run.startOn(this.network.url(), producer("p", false));
		this.run.startOn(this.network.url(), producer("g", true));
		Flow.eventually().atMost(FaultRun.LONG).until(() -> this.run.reader().done() > 10);
	}

	private AppProcess startConsumer(int number) {
		return this.run.startOn(this.network.url(), "fault.concurrency=" + CONCURRENCY, "fault.work=2",
				"fault.fail=" + String.join(",", failing()), "messaging.listener.redelivery.immediate=0",
				"messaging.listener.redelivery.delayed=2", "messaging.listener.redelivery.multiplier=1",
				"messaging.listener.window=" + this.window, "messaging.processor.handler.message-groups=true",
				"spring.main.sources=" + PauseSwitch.class.getName() + "," + FirstTryFails.class.getName(),
				"fault.pause-file=" + pauseFile(number), "fault.marks=" + this.directory);
	}

	private String[] producer(String name, boolean grouped) {
		return new String[] { "fault.consume=false", "fault.producer=" + name, "fault.grouped=" + grouped,
				"fault.producers=" + PRODUCERS, "fault.produce=" + this.messages, "fault.pause=" + PAUSE.toMillis() };
	}

	private Path pauseFile(int consumer) {
		return this.directory.resolve("pause-" + consumer);
	}

	/**
	 * Lets things break, and repairs them all.
	 */
	void play(RandomSchedule schedule) {
		record Event(long at, Runnable action) {
		}
		List<Event> events = new ArrayList<>();
		for (RandomSchedule.Fault fault : schedule.faults()) {
			events.add(new Event(fault.begin(), () -> begin(fault)));
			events.add(new Event(fault.end(), () -> end(fault)));
		}
		events.sort(Comparator.comparingLong(Event::at));
		long start = System.nanoTime();
		for (Event event : events) {
			Flow.work(Duration.ofMillis(event.at()).minusNanos(System.nanoTime() - start));
			event.action().run();
		}
	}

	private void begin(RandomSchedule.Fault fault) {
		switch (fault.kind()) {
			case KILL_CONSUMER -> this.consumers.get(fault.who()).kill();
			case PAUSE -> touch(pauseFile(fault.who()));
			case KILL_BROKER -> this.run.broker().kill();
			case CUT -> this.network.cut();
			case STALL -> this.network.stall();
			case BLACK_HOLE -> this.network.blackHole();
		}
	}

	private void end(RandomSchedule.Fault fault) {
		switch (fault.kind()) {
			case KILL_CONSUMER -> this.consumers.set(fault.who(), startConsumer(fault.who()));
			case PAUSE -> delete(pauseFile(fault.who()));
			case KILL_BROKER -> this.run.broker().launch();
			case CUT -> {
			}
			case STALL, BLACK_HOLE -> this.network.heal();
		}
	}

	/**
	 * Waits until everything is published and nothing waits any more, and judges.
	 */
	Verdict settle() {
		this.run.broker().awaitStart();
		Flow.eventually()
			.atMost(FaultRun.LONG)
			.pollInterval(Duration.ofMillis(100))
			.until(() -> published() >= total());
		this.run.awaitSettled(0);
		return this.run.verdict();
	}

	/**
	 * Returns how many messages a transaction has at most.
	 */
	int largestWindow() {
		return this.window.equals("auto") ? 100 : Integer.parseInt(this.window);
	}

	/**
	 * Returns how many messages may be handled twice because a message of a group failed
	 * in the same window.
	 */
	int givenBack() {
		return (this.messages / FirstTryFails.GROUPED + PRODUCERS + failing().size()) * (largestWindow() - 1);
	}

	// Of both applications.
	int total() {
		return 2 * this.messages;
	}

	private long published() {
		return this.run.reader()
			.entries()
			.stream()
			.filter((entry) -> entry.type() == LedgerEntry.Type.ACKED || entry.type() == LedgerEntry.Type.UNCERTAIN)
			.count();
	}

	/**
	 * Returns the messages of which nobody knows whether the broker has taken them.
	 */
	Set<String> uncertain() {
		Set<String> ids = new TreeSet<>();
		this.run.reader()
			.entries()
			.stream()
			.filter((entry) -> entry.type() == LedgerEntry.Type.UNCERTAIN)
			.forEach((entry) -> ids.add(entry.id()));
		return ids;
	}

	private static void touch(Path file) {
		try {
			Files.writeString(file, "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.run.close();
		this.network.close();
	}

}
