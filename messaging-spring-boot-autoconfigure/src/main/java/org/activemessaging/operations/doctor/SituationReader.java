package org.activemessaging.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.activemessaging.broker.QueueSample;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.operations.BrokerView;
import org.activemessaging.operations.DestinationQueues;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.doctor.Situation.BrokerState;
import org.activemessaging.operations.doctor.Situation.ProcessorState;
import org.activemessaging.operations.doctor.Situation.QueueState;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what was sampled, and has a look taken at the head of queues that stand still.
 * For use by one thread.
 *
 * @since 0.1.0
 */
public final class SituationReader {

	// Less may be a pause between two samples.
	private static final int PATIENCE = 3;

	// Each look at a queue makes the broker read some of its messages into memory.
	private static final int LOOK_INTERVAL = 12;

	private static final Set<ContainerState> LISTENING = EnumSet.of(ContainerState.RUNNING, ContainerState.RECOVERING);

	private final Progress progress = new Progress();

	private final MessagingOperations operations;

	private final NamedDestinations destinations;

	private final ProcessorRegistry processors;

	private final DestinationQueues queues;

	private final ProcessorContainers containers;

	private final Duration patience;

	private final QueueHeads heads;

	/**
	 * Creates a reader.
	 * @param operations what samples
	 * @param destinations the destinations
	 * @param processors the processors, also those that do not run here
	 * @param containers those that do
	 * @param interval how often it is sampled
	 */
	public SituationReader(MessagingOperations operations, NamedDestinations destinations, ProcessorRegistry processors,
			ProcessorContainers containers, Duration interval) {
		this.operations = operations;
		this.destinations = destinations;
		this.processors = processors;
		this.queues = new DestinationQueues(destinations, processors);
		this.containers = containers;
		this.patience = interval.multipliedBy(PATIENCE);
		this.heads = new QueueHeads(interval.multipliedBy(LOOK_INTERVAL));
	}

	void start() {
		this.heads.start();
	}

	void stop() {
		this.heads.stop();
	}

	Situation read() {
		long now = System.nanoTime();
		List<ProcessorState> running = this.containers.reports().stream().map((report) -> state(report, now)).toList();
		List<QueueState> queues = new ArrayList<>();
		for (NamedDestination destination : this.destinations.all()) {
			this.queues.of(destination).forEach((source, group) -> queues.add(queue(destination, group, running, now)));
		}
		return new Situation(Instant.now(), this.patience, brokers(), List.copyOf(queues), running);
	}

	private Map<String, BrokerState> brokers() {
		Map<String, BrokerState> states = new LinkedHashMap<>();
		for (Map.Entry<String, BrokerView> broker : this.operations.brokers().entrySet()) {
			states.put(broker.getKey(),
					new BrokerState(broker.getKey(), broker.getValue(), this.operations.conditions(broker.getKey())));
		}
		return states;
	}

	private ProcessorState state(ProcessorReport report, long now) {
		String id = report.definition().id();
		Duration recovering = this.progress.lasting(id, report.state() == ContainerState.RECOVERING, now);
		QueueSample sample = report.source().topic() ? null
				: this.operations.sample(report.definition().destination().broker().name(), report.source().name());
		boolean waiting = sample != null && sample.depth() != null && sample.depth() > 0;
		boolean listening = LISTENING.contains(report.state()) && recovering.compareTo(this.patience) < 0;
		return new ProcessorState(report, this.progress.idle(report, waiting && listening, now), recovering);
	}

	private QueueState queue(NamedDestination destination, @Nullable String group, List<ProcessorState> running,
			long now) {
		QueueState bare = new QueueState(destination, group, destination.subscribeAddress(group), null,
				readers(destination, group), List.of(), Duration.ZERO, null);
		QueueSample sample = this.operations.sample(destination.broker().name(), bare.source().name());
		boolean unread = sample != null && Objects.equals(sample.consumers(), 0L);
		QueueState queue = new QueueState(destination, group, bare.source(), sample, bare.readers(),
				running.stream().filter((processor) -> processor.reads(bare)).toList(),
				this.progress.lasting(List.of(destination.name(), String.valueOf(group)), unread, now),
				this.heads.get(destination.broker(), bare.source()));
		look(queue);
		return queue;
	}

	private List<ProcessorDefinition> readers(NamedDestination destination, @Nullable String group) {
		return this.processors.all()
			.stream()
			.filter((processor) -> processor.destination().name().equals(destination.name()))
			.filter((processor) -> destination.type() == DestinationType.QUEUE
					|| Objects.equals(processor.group(), group))
			.toList();
	}

	private void look(QueueState queue) {
		if (queue.backlog() > 0 && queue.processors().stream().anyMatch(this::isSuspect)) {
			Set<String> selectors = queue.processors()
				.stream()
				.map((processor) -> processor.report().definition().selector())
				.filter(Objects::nonNull)
				.collect(Collectors.toSet());
			this.heads.look(queue.destination().broker(), queue.source(), selectors);
		}
		else {
			this.heads.forget(queue.destination().broker(), queue.source());
		}
	}

	// It does nothing, or all it does is done by one of its consumers.
	private boolean isSuspect(ProcessorState processor) {
		return processor.isRunning() && (processor.idle().compareTo(this.patience) >= 0
				|| processor.report().activeConsumers() > 1 && processor.report().inFlight() == 1);
	}

}
