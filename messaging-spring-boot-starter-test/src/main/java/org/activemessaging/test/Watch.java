package org.activemessaging.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.memory.MemoryBroker;
import org.activemessaging.broker.memory.MemoryQueueState;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorContainers;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.processor.ProcessorDefinition;

/**
 * Looks at the brokers in memory for work that is not done.
 */
final class Watch {

	private static final String DELAY_QUEUE = "DELAY.";

	private final Map<String, MemoryBroker> brokers = new LinkedHashMap<>();

	private final ProcessorContainers containers;

	private final Journal journal;

	Watch(List<Broker> brokers, ProcessorContainers containers, Journal journal) {
		for (Broker broker : brokers) {
			MemoryBroker memory = MemoryBroker.of(broker);
			if (memory != null) {
				this.brokers.put(broker.name(), memory);
			}
		}
		this.containers = containers;
		this.journal = journal;
	}

	Map<String, MemoryBroker> brokers() {
		return this.brokers;
	}

	/**
	 * Tells whether each processor that starts with the application listens.
	 */
	boolean isListening() {
		return notListening().findAny().isEmpty();
	}

	private Stream<ProcessorReport> notListening() {
		return this.containers.reports()
			.stream()
			.filter((report) -> report.settings().autoStartup() && report.state() != ContainerState.RUNNING);
	}

	/**
	 * Tells whether all work is done, and all that it led to. The look at several brokers
	 * is one at a single moment only if none of them has changed meanwhile.
	 */
	boolean isQuiet() {
		List<Long> before = changes();
		boolean quiet = unfinished().isEmpty() && this.containers.reports().stream().allMatch(this::isToldOf);
		return quiet && changes().equals(before);
	}

	private List<Long> changes() {
		return this.brokers.values().stream().map(MemoryBroker::changes).toList();
	}

	private boolean isToldOf(ProcessorReport report) {
		return this.journal.knowsAllOf(new Journal.Place(report.definition().destination().broker().name(),
				report.definition().destination().deadLetterAddress(report.source())));
	}

	private List<String> unfinished() {
		List<String> unfinished = new ArrayList<>();
		List<ProcessorReport> reports = this.containers.reports();
		this.brokers.forEach((name, broker) -> broker.queues()
			.stream()
			.filter((queue) -> queue.inFlight() > 0 || queue.ready() > 0 && isRead(name, queue.name(), reports))
			.forEach((queue) -> unfinished.add(describe(name, queue))));
		return unfinished;
	}

	private static boolean isRead(String broker, String queue, List<ProcessorReport> reports) {
		return queue.startsWith(DELAY_QUEUE) || reports.stream()
			.anyMatch((report) -> report.state() != ContainerState.STOPPED && isRead(queue, report)
					&& report.definition().destination().broker().name().equals(broker));
	}

	// A destination with a wildcard is read from each queue that matches.
	private static boolean isRead(String queue, ProcessorReport report) {
		ProcessorDefinition processor = report.definition();
		return report.source().name().equals(queue)
				|| Address.queue(queue).equals(processor.destination().returnAddress(processor.group(), queue));
	}

	/**
	 * Describes all queues that are not empty.
	 */
	List<String> left() {
		List<String> left = new ArrayList<>();
		this.brokers.forEach((name, broker) -> broker.queues()
			.stream()
			.filter((queue) -> queue.depth() > 0)
			.forEach((queue) -> left.add(describe(name, queue))));
		return left;
	}

	private static String describe(String broker, MemoryQueueState queue) {
		return queue.name() + " of broker '" + broker + "': " + queue.ready() + " ready, " + queue.inFlight()
				+ " in work, " + queue.delayed() + " delayed";
	}

	/**
	 * Returns when the next delayed message of a broker is due.
	 * @return the time in milliseconds, {@link Long#MAX_VALUE} if there is none
	 */
	static long dueInMillis(MemoryBroker broker) {
		return broker.queues().stream().mapToLong(MemoryQueueState::dueInMillis).min().orElse(Long.MAX_VALUE);
	}

	String describe() {
		String processors = this.containers.reports()
			.stream()
			.map((report) -> report.definition().id() + " " + report.state()
					+ ((report.outage() != null) ? " (" + report.outage() + ")" : ""))
			.collect(Collectors.joining(", "));
		return "not done: " + unfinished() + "; processors: " + processors;
	}

}
