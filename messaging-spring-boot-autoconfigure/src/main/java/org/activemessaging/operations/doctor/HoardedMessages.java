package org.activemessaging.operations.doctor;

import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.broker.QueueSample;
import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.QueueState;

/**
 * Finds queues whose messages have all been handed to consumers elsewhere, which sit on
 * them.
 */
final class HoardedMessages implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.idleQueues().filter((queue) -> elsewhere(queue) > 0).map((queue) -> finding(queue, situation));
	}

	private static long elsewhere(QueueState queue) {
		QueueSample sample = queue.sample();
		if (sample == null || sample.depth() == null || sample.inFlight() == null || sample.depth() == 0
				|| sample.inFlight() < sample.depth()) {
			return 0;
		}
		return sample.inFlight() - ours(queue);
	}

	private static long ours(QueueState queue) {
		return queue.processors().stream().mapToLong((processor) -> processor.report().mostHandedOut()).sum();
	}

	private static Finding finding(QueueState queue, Situation situation) {
		return new Finding("prefetch-hoarded", Severity.ERROR, Subject.destination(queue.destination().name()),
				"The messages of " + queue.label() + " are held by consumers elsewhere",
				List.of(queue.describeBacklog(),
						"The broker has handed all of them out; at most " + ours(queue)
								+ " of them to this instance, whose consumers are idle, so at least " + elsewhere(queue)
								+ " to others."),
				"Lower the prefetch of the other consumers of the queue ('jms.prefetchPolicy.queuePrefetch=1' in"
						+ " the URL of an ActiveMQ client), or end the one that hangs: the broker then hands out again"
						+ " what it held.",
				situation.at());
	}

}
