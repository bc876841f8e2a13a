package org.activemessaging.operations.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerCondition;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.ContainerState;
import org.activemessaging.listener.ProcessorReport;
import org.activemessaging.operations.BrokerView;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * All that is known at one time, without asking a broker.
 *
 * @param at the time
 * @param patience how long something has to last before it is worth a word
 * @param brokers the brokers by name
 * @param queues the queues that messages are consumed from
 * @param processors the processors that run here
 */
record Situation(Instant at, Duration patience, Map<String, BrokerState> brokers, List<QueueState> queues,
		List<ProcessorState> processors) {

	boolean isLong(Duration duration) {
		return duration.compareTo(this.patience) >= 0;
	}

	/**
	 * Returns the queues with a backlog whose processors listen here, and try nothing.
	 */
	Stream<QueueState> idleQueues() {
		return this.queues.stream()
			.filter((queue) -> queue.backlog() > 0 && !queue.processors().isEmpty())
			.filter((queue) -> queue.processors()
				.stream()
				.allMatch((processor) -> processor.isRunning() && isLong(processor.idle())));
	}

	/**
	 * Adds what waits for a processor to the evidence.
	 * @return whether anything does
	 */
	boolean addBacklog(ProcessorState processor, List<String> evidence) {
		return this.queues.stream()
			.filter((queue) -> processor.reads(queue) && queue.backlog() > 0)
			.peek((queue) -> evidence.add(queue.describeBacklog()))
			.findFirst()
			.isPresent();
	}

	/**
	 * A broker.
	 *
	 * @param name its name
	 * @param view what is known of it
	 * @param conditions what its adapter has noticed
	 */
	record BrokerState(String name, BrokerView view, List<BrokerCondition> conditions) {
	}

	/**
	 * A queue.
	 *
	 * @param destination the destination that it belongs to
	 * @param group the group whose queue it is, or {@code null}
	 * @param source its address
	 * @param sample its numbers, or {@code null} before the first look
	 * @param readers all processors of the application that read it, wherever they run
	 * @param processors those that run here
	 * @param abandoned for how long its broker has known of no consumer
	 * @param head what lies at its head, or {@code null} if nobody looked
	 */
	record QueueState(NamedDestination destination, @Nullable String group, Address source,
			@Nullable QueueSample sample, List<ProcessorDefinition> readers, List<ProcessorState> processors,
			Duration abandoned, @Nullable QueueHead head) {

		/**
		 * Returns how many messages wait, at least.
		 */
		long backlog() {
			return (this.sample != null && this.sample.depth() != null) ? this.sample.depth() : 0;
		}

		/**
		 * Names the queue as the application does.
		 */
		String label() {
			return ((this.group != null) ? "group '" + this.group + "' of " : "") + "destination '"
					+ this.destination.name() + "'";
		}

		String describe() {
			return "queue '" + this.source.name() + "' of broker '" + this.destination.broker().name() + "'";
		}

		String describeBacklog() {
			boolean exact = this.sample != null && this.sample.exact();
			long backlog = backlog();
			return (exact ? "" : "At least ") + backlog + ((backlog == 1) ? " message waits in " : " messages wait in ")
					+ describe() + ".";
		}

	}

	/**
	 * A processor that runs here.
	 *
	 * @param report its numbers
	 * @param idle for how long it has tried no message
	 * @param recovering for how long it has had no connection
	 */
	record ProcessorState(ProcessorReport report, Duration idle, Duration recovering) {

		String id() {
			return this.report.definition().id();
		}

		String broker() {
			return this.report.definition().destination().broker().name();
		}

		boolean isRunning() {
			return this.report.state() == ContainerState.RUNNING;
		}

		boolean reads(QueueState queue) {
			return this.report.source().equals(queue.source())
					&& this.report.definition().destination().broker() == queue.destination().broker();
		}

	}

}
