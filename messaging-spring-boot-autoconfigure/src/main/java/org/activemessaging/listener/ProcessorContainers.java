package org.activemessaging.listener;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.NearestMatch;
import org.activemessaging.broker.Broker;
import org.activemessaging.deadletter.DeadLetterPaths;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The containers of all processors that this deployment runs. They start and stop with
 * the application, on threads of their own: a broker that does not answer holds up
 * neither.
 *
 * @since 0.1.0
 */
public final class ProcessorContainers implements SmartInitializingSingleton, SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(ProcessorContainers.class);

	private static final int STARTING_AT_ONCE = 8;

	private final Map<String, Entry> entries = new LinkedHashMap<>();

	private final ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();

	private final ProcessorRegistry processors;

	private final ProcessorGroups groups;

	private final ContainerFactory factory;

	private final Duration drainTimeout;

	private final NamedDestinations destinations;

	private final BrokerTasks tasks;

	private final Collection<Broker> delaying;

	private volatile CountDownLatch stopped = new CountDownLatch(0);

	private volatile boolean running;

	/**
	 * Creates the registry of containers.
	 * @param processors the processors
	 * @param groups the groups of processors, and those that run here
	 * @param factory what makes a container
	 * @param drainTimeout how long messages in work may take when the application stops
	 * @param destinations where messages that were published with a delay go
	 * @param delaying brokers whose delayed messages are brought back although no
	 * processor reads from them
	 */
	public ProcessorContainers(ProcessorRegistry processors, ProcessorGroups groups, ContainerFactory factory,
			Duration drainTimeout, NamedDestinations destinations, Collection<Broker> delaying) {
		this.processors = processors;
		this.groups = groups;
		this.factory = factory;
		this.drainTimeout = drainTimeout;
		this.destinations = destinations;
		this.tasks = new BrokerTasks(factory, new DelayHomes(processors, destinations));
		this.delaying = List.copyOf(delaying);
		this.executor.setThreadNamePrefix("messaging-start-");
		this.executor.setCorePoolSize(STARTING_AT_ONCE);
		this.executor.setAllowCoreThreadTimeOut(true);
		this.executor.setKeepAliveSeconds(1);
		this.executor.initialize();
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<ProcessorDefinition> all = this.processors.all();
		Set<String> ids = new LinkedHashSet<>(all.stream().map(ProcessorDefinition::id).toList());
		this.groups.validate(ids);
		this.factory.validate(ids);
		checkDeadLetters(all);
		new GroupOverlaps(this.processors).check(this.destinations);
		for (ProcessorDefinition processor : all) {
			if (this.groups.runs(processor.id())) {
				this.entries.put(processor.id(), this.factory.create(processor));
			}
		}
	}

	private static void checkDeadLetters(List<ProcessorDefinition> processors) {
		DeadLetterPaths paths = new DeadLetterPaths();
		for (ProcessorDefinition processor : processors) {
			paths.add(processor.destination(), processor.destination().subscribeAddress(processor.group()));
		}
		paths.check();
	}

	@Override
	public void start() {
		this.running = true;
		keepAlive();
		Set<Broker> brokers = new LinkedHashSet<>(this.delaying);
		for (Entry entry : this.entries.values()) {
			entry.container().pauses().remove(PauseReason.DRAIN);
			brokers.add(entry.definition().destination().broker());
			if (entry.settings().autoStartup()) {
				this.executor.execute(entry.container()::start);
			}
			this.tasks.keepPermits(entry);
		}
		brokers.forEach(this.tasks::moveDelayed);
	}

	// An application without a web server lives by its consumers. They have no threads
	// while they are stopped and their broker is away.
	private void keepAlive() {
		CountDownLatch latch = new CountDownLatch(this.entries.isEmpty() ? 0 : 1);
		this.stopped = latch;
		Thread thread = new Thread(() -> {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "messaging-keep-alive");
		thread.setDaemon(false);
		thread.start();
	}

	@Override
	public void stop(Runnable callback) {
		Thread thread = new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "messaging-stop");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void stop() {
		this.running = false;
		this.stopped.countDown();
		this.tasks.close();
		CountDownLatch drained = new CountDownLatch(this.entries.size());
		for (Entry entry : this.entries.values()) {
			entry.container().pauses().add(PauseReason.DRAIN);
			// The client's own lock may be held by a thread that waits for the broker.
			this.executor.execute(() -> entry.container().stop(drained::countDown));
		}
		try {
			if (!drained.await(this.drainTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn(drained.getCount() + " processors have not finished within " + this.drainTimeout.toSeconds()
						+ " s; their messages go back to the broker");
			}
			this.tasks.awaitEnd(Duration.ofSeconds(2));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.tasks.forget();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void destroy() throws InterruptedException {
		this.stopped.countDown();
		CountDownLatch closed = new CountDownLatch(this.entries.size());
		for (Entry entry : this.entries.values()) {
			this.executor.execute(() -> {
				entry.container().shutdown();
				closed.countDown();
			});
		}
		if (!closed.await(10, TimeUnit.SECONDS)) {
			logger.warn("Connections of " + closed.getCount() + " processors could not be closed in time");
		}
		this.executor.shutdown();
	}

	/**
	 * Starts a processor. Returns before it is connected.
	 * @param id its id
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 */
	public void start(String id) {
		this.executor.execute(entry(id).container()::start);
	}

	/**
	 * Stops a processor. Returns before it has finished what it is doing.
	 * @param id its id
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 */
	public void stop(String id) {
		this.executor.execute(entry(id).container()::stop);
	}

	/**
	 * Gives up the connection of a processor, which makes it anew. What is in work comes
	 * again. Returns before it is connected.
	 * @param id its id
	 * @throws MessagingConfigurationException if no processor of that id runs here
	 */
	public void reconnect(String id) {
		this.executor.execute(entry(id).container()::reconnect);
	}

	void execute(Runnable task) {
		this.executor.execute(task);
	}

	Entry entry(String id) {
		Entry entry = this.entries.get(id);
		if (entry == null) {
			throw new MessagingConfigurationException(
					"No processor '" + id + "' runs here." + NearestMatch.describe(id, this.entries.keySet()),
					"Correct the id, or 'messaging.run.groups'.");
		}
		return entry;
	}

	/**
	 * Returns all processors that run here, as they are now.
	 * @return their reports, sorted by id
	 */
	public List<ProcessorReport> reports() {
		return this.entries.values().stream().map(Entry::report).toList();
	}

	/**
	 * Returns a processor that runs here, as it is now.
	 * @param id its id
	 * @return its report, or {@code null} if no processor of that id runs here
	 */
	public @Nullable ProcessorReport report(String id) {
		Entry entry = this.entries.get(id);
		return (entry != null) ? entry.report() : null;
	}

	/**
	 * Brings rates and durations up to date; to be called every few seconds.
	 */
	public void tick() {
		this.entries.values().forEach((entry) -> entry.statistics().tick());
	}

	/**
	 * A processor that runs here.
	 *
	 * @param definition the processor
	 * @param settings how it listens
	 * @param container its container
	 * @param statistics its numbers
	 */
	record Entry(ProcessorDefinition definition, ListenerSettings settings, ProcessorContainer container,
			ProcessorStatistics statistics) {

		ProcessorReport report() {
			ProcessorStatistics.Snapshot numbers = this.statistics.snapshot();
			return new ProcessorReport(this.definition, this.settings, this.container.source(), this.container.state(),
					this.container.isBraked(), pausedBy(), this.container.getActiveConsumerCount(),
					this.container.concurrency(), this.container.window(), this.container.inFlight(),
					this.container.waitingForRate(), this.container.permitsHeld(), numbers.processed(),
					numbers.failed(), numbers.redelivered(), numbers.deadLettered(), numbers.duplicates(),
					numbers.discarded(), numbers.rate(), numbers.durations(), numbers.lastFailure(),
					this.container.outageReason());
		}

		private Set<PauseReason> pausedBy() {
			Set<PauseReason> reasons = this.container.pauses().reasons();
			if (this.container.isBraked()) {
				reasons.add(PauseReason.BRAKE);
			}
			return reasons;
		}

	}

}
