package org.activemessaging.operations.doctor;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.activemessaging.broker.QueueSample;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.QueueState;

/**
 * Finds queues whose next messages all belong to one message group, so that one consumer
 * gets them all.
 */
final class PinnedGroups implements Examination {

	private static final int ENOUGH = 2;

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.queues()
			.stream()
			.filter((queue) -> isPinned(queue, situation))
			.map((queue) -> finding(queue, situation));
	}

	private static boolean isPinned(QueueState queue, Situation situation) {
		QueueHead head = queue.head();
		if (head == null || head.messageGroup() == null || head.seen() < ENOUGH || queue.backlog() < ENOUGH) {
			return false;
		}
		return consumers(queue) > 1;
	}

	private static long consumers(QueueState queue) {
		QueueSample sample = queue.sample();
		long ours = queue.processors().stream().mapToLong((processor) -> processor.report().activeConsumers()).sum();
		return (sample != null && sample.consumers() != null) ? Math.max(ours, sample.consumers()) : ours;
	}

	private static Finding finding(QueueState queue, Situation situation) {
		QueueHead head = Objects.requireNonNull(queue.head());
		boolean idle = queue.processors().stream().allMatch((processor) -> situation.isLong(processor.idle()));
		return new Finding("message-group-pinned", idle ? Severity.ERROR : Severity.WARNING,
				Subject.destination(queue.destination().name()), "One message group holds up " + queue.label(),
				List.of(queue.describeBacklog(),
						"The first " + head.seen() + " all belong to message group '"
								+ FailureHeaders.clean(head.messageGroup()) + "'.",
						"The broker gives them to one of " + consumers(queue) + " consumers"
								+ (idle ? ", and it is not here: nothing was tried by this instance."
										: ", one after the other.")),
				idle ? "Find the consumer elsewhere that owns the group, and end it if it hangs: the broker then"
						+ " gives the group to another."
						: "Use more message groups (an order number rather than a country), so that several"
								+ " consumers can work; or none where the order does not matter.",
				situation.at());
	}

}
