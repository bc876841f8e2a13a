package org.activemessaging.samples.benchmark.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.activemessaging.samples.benchmark.broker.ActiveMqBroker;
import org.activemessaging.samples.benchmark.broker.MeasuredBroker;
import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.process.Worker;
import org.activemessaging.samples.benchmark.worker.WorkerMain;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * The brokers and the workers of a run.
 */
public final class Lab implements AutoCloseable {

	private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m");

	private final Map<String, Worker> workers = new HashMap<>();

	private final Path directory;

	private final int rounds;

	private final int messages;

	private final boolean warmUp;

	private @Nullable MeasuredBroker activeMq;

	private int queues;

	/**
	 * Creates a lab.
	 * @param directory where journals and logs are to be
	 * @param rounds how many rounds are measured
	 * @param messages how many messages a fast candidate handles in a round
	 * @param warmUp whether there is a round before them that is not measured
	 */
	public Lab(Path directory, int rounds, int messages, boolean warmUp) {
		this.rounds = rounds;
		this.messages = messages;
		this.warmUp = warmUp;
		try {
			// A broker must not find what a run before has left.
			this.directory = Files.createTempDirectory(Files.createDirectories(directory), "run");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path directory() {
		return this.directory;
	}

	/**
	 * Returns the number of the first round: one that is not measured, but lets workers
	 * compile their code, or else the first that is.
	 * @return 0 or 1
	 */
	int firstRound() {
		return this.warmUp ? 0 : 1;
	}

	int rounds() {
		return this.rounds;
	}

	int messages() {
		return this.messages;
	}

	MeasuredBroker activeMq() {
		MeasuredBroker broker = this.activeMq;
		if (broker == null) {
			broker = new ActiveMqBroker(this.directory);
			this.activeMq = broker;
		}
		return broker;
	}

	/**
	 * Returns the worker of a variant, which lives until the end of the comparison, so
	 * that its code is compiled when it is measured.
	 * @param variant the name of the variant
	 * @return the worker
	 */
	Worker worker(String variant) {
		return this.workers.computeIfAbsent(variant, this::freshWorker);
	}

	/**
	 * Starts a worker that nobody else uses, and that the caller closes.
	 * @param variant the name of the variant
	 * @return the worker
	 */
	Worker freshWorker(String variant) {
		List<String> options = new ArrayList<>(JVM);
		options.addAll(List.of(System.getProperty("benchmark.worker-options", "").split(" ")));
		options.removeIf(String::isBlank);
		return new Worker(variant, WorkerMain.class, this.directory, options);
	}

	/**
	 * Begins an order with the name of a queue that nobody has used.
	 * @param task the name of the task
	 * @param broker where the queue is
	 * @return the order
	 */
	Order order(String task, MeasuredBroker broker) {
		return new Order(task, broker.settings()).with("queue", "BENCHMARK." + ++this.queues);
	}

	/**
	 * Ends the workers of a comparison.
	 */
	public void endWorkers() {
		this.workers.values().forEach(Worker::close);
		this.workers.clear();
	}

	/**
	 * Tells people how far it is.
	 * @param line what to say
	 */
	static void say(String line) {
		System.err.println(line);
	}

	@Override
	public void close() {
		endWorkers();
		if (this.activeMq != null) {
			this.activeMq.close();
		}
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			say("The folder " + this.directory + " cannot be deleted: " + ex);
		}
	}

}
