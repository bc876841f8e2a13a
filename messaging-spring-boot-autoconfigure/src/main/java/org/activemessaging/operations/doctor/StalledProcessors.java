package org.activemessaging.operations.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.ProcessorState;
import org.activemessaging.operations.doctor.Situation.QueueState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Finds processors that try nothing although messages wait, and nothing else explains it.
 * After a while their connection is made anew; if that does not help, only a restart of
 * the application is left. For use by one thread.
 */
final class StalledProcessors {

	private static final Log logger = LogFactory.getLog(StalledProcessors.class);

	// For how long each had been idle when its connection was made anew.
	private final Map<String, Duration> reconnections = new HashMap<>();

	private final Duration tolerated;

	private final Consumer<String> reconnect;

	private boolean broken;

	/**
	 * Creates the search.
	 * @param tolerated how long a processor may try nothing before it is reconnected, and
	 * then again before it counts as broken
	 * @param reconnect makes the connection of a processor anew, by its id
	 */
	StalledProcessors(Duration tolerated, Consumer<String> reconnect) {
		this.tolerated = tolerated;
		this.reconnect = reconnect;
	}

	/**
	 * Looks for processors that are stalled.
	 * @param situation what is known
	 * @param explained what was found by others, and explains why nothing is tried
	 * @return a finding for each
	 */
	List<Finding> examine(Situation situation, List<Finding> explained) {
		Set<Subject> subjects = explained.stream().map(Finding::subject).collect(Collectors.toSet());
		forgetThoseThatGoOn(situation);
		this.broken = false;
		List<Finding> findings = new ArrayList<>();
		situation.idleQueues()
			.forEach((queue) -> queue.processors()
				.stream()
				.filter((processor) -> !isExplained(queue, processor, subjects))
				.forEach((processor) -> findings.add(examine(queue, processor, situation))));
		return findings;
	}

	// One that reconnects is not idle for a moment, and has still not done anything.
	private void forgetThoseThatGoOn(Situation situation) {
		for (ProcessorState processor : situation.processors()) {
			Duration reconnected = this.reconnections.get(processor.id());
			if (reconnected != null && processor.idle().compareTo(reconnected) < 0) {
				this.reconnections.remove(processor.id());
			}
		}
	}

	// Messages that no selector takes may wait for others.
	private static boolean isExplained(QueueState queue, ProcessorState processor, Set<Subject> subjects) {
		return processor.report().definition().selector() != null
				|| subjects.contains(Subject.processor(processor.id()))
				|| subjects.contains(Subject.destination(queue.destination().name()))
				|| subjects.contains(Subject.broker(processor.broker()));
	}

	private Finding examine(QueueState queue, ProcessorState processor, Situation situation) {
		Duration reconnected = this.reconnections.get(processor.id());
		if (reconnected == null && processor.idle().compareTo(this.tolerated) >= 0) {
			logger.warn("Processor '" + processor.id() + "' has tried nothing for " + processor.idle().toSeconds()
					+ " s although messages wait; its connection is made anew");
			this.reconnections.put(processor.id(), processor.idle());
			this.reconnect.accept(processor.id());
		}
		else if (reconnected != null && processor.idle().minus(reconnected).compareTo(this.tolerated) >= 0) {
			this.broken = true;
		}
		return finding(queue, processor, reconnected != null, situation);
	}

	private static Finding finding(QueueState queue, ProcessorState processor, boolean reconnected,
			Situation situation) {
		List<String> evidence = new ArrayList<>();
		evidence.add(queue.describeBacklog());
		evidence.add("The processor listens, is not paused, and has tried nothing for at least "
				+ situation.patience().toSeconds() + " s.");
		if (reconnected) {
			evidence.add("A new connection has not helped.");
		}
		return new Finding("stalled", Severity.ERROR, Subject.processor(processor.id()),
				"Processor '" + processor.id() + "' tries nothing although messages wait", evidence,
				"Look whether the queue is paused on the broker, and at the threads 'messaging-" + processor.id()
						+ "' of this instance. Its connection is made anew by itself, and liveness fails if that does"
						+ " not help.",
				situation.at());
	}

	/**
	 * Tells whether a processor is stalled, and a new connection has not helped.
	 */
	boolean isBroken() {
		return this.broken;
	}

}
