package org.activemessaging.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.broker.Support;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Answers the questions of an operator from what was sampled in the background. No answer
 * waits for a broker.
 *
 * @since 0.1.0
 */
public final class MessagingOperations implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(MessagingOperations.class);

	private static final Duration TICK = Duration.ofSeconds(5);

	private final Map<String, QueueSampler> samplers = new LinkedHashMap<>();

	private final Brokers brokers;

	private final NamedDestinations destinations;

	private final DestinationQueues queues;

	private final ProcessorGroups groups;

	private final ProcessorContainers containers;

	private final @Nullable OutboxBacklog outbox;

	private @Nullable ScheduledExecutorService ticker;

	/**
	 * Creates the operations.
	 * @param brokers the brokers
	 * @param destinations the destinations
	 * @param processors the processors
	 * @param groups the groups of processors
	 * @param containers the containers of processors
	 * @param sampleInterval how often a broker is asked
	 * @param outbox the outbox, or {@code null} if there is none
	 */
	public MessagingOperations(Brokers brokers, NamedDestinations destinations, ProcessorRegistry processors,
			ProcessorGroups groups, ProcessorContainers containers, Duration sampleInterval,
			@Nullable OutboxBacklog outbox) {
		this.brokers = brokers;
		this.destinations = destinations;
		this.queues = new DestinationQueues(destinations, processors);
		this.groups = groups;
		this.containers = containers;
		this.outbox = outbox;
		for (Broker broker : brokers.all()) {
			this.samplers.put(broker.name(), new QueueSampler(broker, () -> queuesOn(broker), sampleInterval));
		}
	}

	@Override
	public void start() {
		this.samplers.values().forEach(QueueSampler::start);
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-statistics-");
		threads.setDaemon(true);
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(threads);
		ListenerWatch watch = new ListenerWatch(this.containers, this::sample);
		executor.scheduleAtFixedRate(() -> tick(watch), TICK.toSeconds(), TICK.toSeconds(), TimeUnit.SECONDS);
		this.ticker = executor;
	}

	// An exception would end the repetition without a word.
	private void tick(ListenerWatch watch) {
		try {
			this.containers.tick();
			watch.check();
		}
		catch (RuntimeException ex) {
			logger.warn("The numbers of processors could not be brought up to date", ex);
		}
	}

	@Override
	public void stop() {
		this.samplers.values().forEach(QueueSampler::stop);
		ScheduledExecutorService executor = this.ticker;
		if (executor != null) {
			executor.shutdownNow();
		}
		this.ticker = null;
	}

	@Override
	public boolean isRunning() {
		return this.ticker != null;
	}

	private Collection<String> queuesOn(Broker broker) {
		Set<String> queues = new LinkedHashSet<>();
		for (NamedDestination destination : this.destinations.all()) {
			if (destination.broker() == broker) {
				for (Address source : this.queues.of(destination).keySet()) {
					queues.add(source.name());
					queues.add(destination.deadLetterAddress(source).name());
				}
			}
		}
		return queues;
	}

	/**
	 * Returns everything.
	 * @return a view of everything
	 */
	public MessagingView view() {
		Map<String, ProcessorGroupView> processorGroups = new LinkedHashMap<>();
		this.groups.groups()
			.forEach((name, members) -> processorGroups.put(name,
					new ProcessorGroupView(members, this.groups.runsGroup(name))));
		return new MessagingView(brokers(), destinations(), processors(), processorGroups, outbox());
	}

	/**
	 * Returns what waits in the outbox.
	 * @return views by the name of the broker, or {@code null} if there is no outbox
	 */
	public @Nullable Map<String, OutboxView> outbox() {
		return (this.outbox != null) ? this.outbox.views() : null;
	}

	/**
	 * Returns the brokers.
	 * @return views of the brokers by name
	 */
	public Map<String, BrokerView> brokers() {
		Map<String, BrokerView> views = new LinkedHashMap<>();
		for (Broker broker : this.brokers.all()) {
			QueueSampler sampler = sampler(broker);
			QueueSampler.State state = sampler.state();
			views.put(broker.name(),
					new BrokerView(broker.adapter().name(), broker.profile().displayUrl(), state.status(),
							broker == this.brokers.getDefault(), state.since(), state.reason(), capabilities(broker),
							sampler.warnings()));
		}
		return views;
	}

	private static Map<String, String> capabilities(Broker broker) {
		Map<Capability, Support> capabilities = broker.adapter().capabilities(broker.profile());
		Map<String, String> labels = new LinkedHashMap<>();
		for (Capability capability : Capability.values()) {
			Support support = capabilities.get(capability);
			labels.put(capability.label(), ((support != null) ? support.level() : Support.Level.NO).label());
		}
		return labels;
	}

	/**
	 * Returns the destinations.
	 * @return views of the destinations by logical name
	 */
	public Map<String, DestinationView> destinations() {
		List<ProcessorReport> reports = this.containers.reports();
		Map<String, DestinationView> views = new LinkedHashMap<>();
		for (NamedDestination destination : this.destinations.all()) {
			QueueViews queueViews = new QueueViews(destination, sampler(destination.broker()), reports);
			List<QueueView> queues = new ArrayList<>();
			this.queues.of(destination).forEach((source, group) -> queues.add(queueViews.view(source, group)));
			views.put(destination.name(),
					new DestinationView(destination.broker().name(), destination.type().label(),
							destination.publishAddress().name(),
							QueueViews.otherName(destination.broker(), destination.publishAddress()), queues));
		}
		return views;
	}

	/**
	 * Returns the numbers of a queue that were sampled last.
	 * @param broker the name of the broker
	 * @param queue the physical name of the queue
	 * @return the numbers, or {@code null} if there are none yet
	 */
	public @Nullable QueueSample sample(String broker, String queue) {
		QueueSampler sampler = this.samplers.get(broker);
		return (sampler != null) ? sampler.sample(queue) : null;
	}

	/**
	 * Returns what may keep messages of a broker from being consumed although it answers.
	 * @param broker the name of the broker
	 * @return what the last look has shown
	 */
	public List<BrokerCondition> conditions(String broker) {
		QueueSampler sampler = this.samplers.get(broker);
		return (sampler != null) ? sampler.conditions() : List.of();
	}

	/**
	 * Returns a processor that runs here.
	 * @param id its id
	 * @return a view of the processor, or {@code null} if none of that id runs here
	 */
	public @Nullable ProcessorView processor(String id) {
		ProcessorReport report = this.containers.report(id);
		return (report != null) ? ProcessorViews.of(report, this.groups.groupOf(id)) : null;
	}

	/**
	 * Returns the processors that run here.
	 * @return views of the processors by id
	 */
	public Map<String, ProcessorView> processors() {
		Map<String, ProcessorView> views = new LinkedHashMap<>();
		for (ProcessorReport report : this.containers.reports()) {
			views.put(report.definition().id(),
					ProcessorViews.of(report, this.groups.groupOf(report.definition().id())));
		}
		return views;
	}

	private QueueSampler sampler(Broker broker) {
		QueueSampler sampler = this.samplers.get(broker.name());
		if (sampler == null) {
			throw new IllegalStateException("There is no sampler for " + broker);
		}
		return sampler;
	}

}
