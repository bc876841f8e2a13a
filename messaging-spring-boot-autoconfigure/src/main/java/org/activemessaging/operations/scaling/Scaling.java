package org.activemessaging.operations.scaling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.Durations;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Tells how many instances each processor group needs so that its backlog is gone within
 * a target time: {@code (incoming rate + backlog / target) / capacity of an instance}.
 * Answers from what was sampled. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Scaling implements SmartLifecycle {

	/**
	 * The name under which all processors count as one group where none is declared.
	 */
	public static final String ALL = "all";

	// More instances would not help one that was told to do nothing.
	private static final Set<ContainerState> LISTENING = EnumSet.of(ContainerState.RUNNING, ContainerState.RECOVERING);

	private static final Log logger = LogFactory.getLog(Scaling.class);

	private final Map<String, DepthTrend> trends = new LinkedHashMap<>();

	private final MessagingOperations operations;

	private final ProcessorRegistry processors;

	private final ProcessorGroups groups;

	private final ProcessorContainers containers;

	private final Duration interval;

	private @Nullable ScheduledExecutorService executor;

	/**
	 * Creates the arithmetic.
	 * @param operations what samples
	 * @param processors the processors, also those that do not run here
	 * @param groups the groups of processors
	 * @param containers the processors that run here
	 * @param interval how often it is sampled
	 */
	public Scaling(MessagingOperations operations, ProcessorRegistry processors, ProcessorGroups groups,
			ProcessorContainers containers, Duration interval) {
		this.operations = operations;
		this.processors = processors;
		this.groups = groups;
		this.containers = containers;
		this.interval = interval;
	}

	@Override
	public synchronized void start() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-scaling-");
		threads.setDaemon(true);
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(threads);
		executor.scheduleWithFixedDelay(this::look, 0, this.interval.toMillis(), TimeUnit.MILLISECONDS);
		this.executor = executor;
	}

	@Override
	public synchronized void stop() {
		if (this.executor != null) {
			this.executor.shutdownNow();
		}
		this.executor = null;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

	// An exception would end the repetition without a word.
	private void look() {
		try {
			List<ProcessorDefinition> all = this.processors.all();
			synchronized (this.trends) {
				for (ProcessorDefinition processor : all) {
					this.trends.computeIfAbsent(processor.id(), (id) -> new DepthTrend()).add(sample(processor));
				}
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The trend of queues could not be brought up to date", ex);
		}
	}

	/**
	 * Returns what each group needs.
	 * @param target in what time its backlog is to be gone
	 * @return views by the name of the group; by {@value #ALL} if no group is declared
	 */
	public Map<String, ScalingView> views(Duration target) {
		List<ProcessorDefinition> all = this.processors.all();
		Map<String, ScalingView> views = new LinkedHashMap<>();
		if (this.groups.groups().isEmpty()) {
			views.put(ALL, view(all, target));
		}
		this.groups.groups()
			.forEach((name, members) -> views.put(name,
					view(all.stream().filter((processor) -> members.contains(processor.id())).toList(), target)));
		return views;
	}

	private ScalingView view(List<ProcessorDefinition> members, Duration target) {
		List<Load> loads = new ArrayList<>();
		for (ProcessorDefinition member : members) {
			ProcessorReport report = this.containers.report(member.id());
			if (!address(member).topic() && (report == null || LISTENING.contains(report.state()))) {
				loads.add(load(member, report));
			}
		}
		return loads.stream()
			.max(Comparator.comparingInt((load) -> load.wanted(target)))
			.map((largest) -> view(loads, largest, target))
			.orElseGet(() -> new ScalingView(1, null, 0, null, "no processor of the group listens to a queue"));
	}

	private static ScalingView view(List<Load> loads, Load largest, Duration target) {
		boolean known = loads.stream().allMatch((load) -> load.backlog() != null);
		Long backlog = known ? loads.stream().map(Load::backlog).filter(Objects::nonNull).reduce(0L, Long::sum) : null;
		double rate = loads.stream().mapToDouble(Load::totalRate).sum();
		boolean drains = loads.stream().allMatch((load) -> load.timeToDrain() != null);
		Duration timeToDrain = drains ? loads.stream()
			.map(Load::timeToDrain)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null) : null;
		return new ScalingView(largest.wanted(target), backlog, Math.round(rate * 10) / 10.0, timeToDrain,
				largest.reason());
	}

	private Load load(ProcessorDefinition processor, @Nullable ProcessorReport report) {
		QueueSample sample = sample(processor);
		Long consumers = (sample != null) ? sample.consumers() : null;
		Long depth = (sample != null) ? sample.depth() : null;
		double growth;
		boolean busy;
		synchronized (this.trends) {
			DepthTrend trend = this.trends.computeIfAbsent(processor.id(), (id) -> new DepthTrend());
			growth = trend.growth();
			busy = trend.isNeverEmpty();
		}
		if (report == null) {
			int instances = (consumers != null && consumers == 0) ? 0 : 1;
			return new Load(processor.id(), depth, 0, growth, instances, null);
		}
		return new Load(processor.id(), depth, report.rate(), growth, instances(consumers, report.activeConsumers()),
				capacity(report, busy));
	}

	private static int instances(@Nullable Long consumers, int here) {
		return (consumers != null && here > 0) ? (int) Math.max(1, Math.round(consumers / (double) here)) : 1;
	}

	// What it does while there is always something to do is what it can. Else only the
	// time that its method takes is known, so the broker's part is missing.
	private static @Nullable Double capacity(ProcessorReport report, boolean busy) {
		if (busy && report.rate() > 0) {
			return report.rate();
		}
		Durations durations = report.durations();
		if (durations == null || durations.mean().isZero()) {
			return (report.rate() > 0) ? report.rate() : null;
		}
		return report.concurrency().max() / (durations.mean().toNanos() / 1e9);
	}

	private @Nullable QueueSample sample(ProcessorDefinition processor) {
		return this.operations.sample(processor.destination().broker().name(), address(processor).name());
	}

	private static Address address(ProcessorDefinition processor) {
		return processor.destination().subscribeAddress(processor.group());
	}

}
