package org.activemessaging.operations.doctor;

import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.QueueState;

/**
 * Finds queues with a backlog that no processor of the application reads, nor anybody
 * else.
 */
final class UnreadQueues implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.queues()
			.stream()
			.filter((queue) -> queue.readers().isEmpty() && queue.backlog() > 0)
			.filter((queue) -> situation.isLong(queue.abandoned()))
			.map((queue) -> finding(queue, situation));
	}

	private static Finding finding(QueueState queue, Situation situation) {
		String destination = queue.destination().name();
		String group = queue.group();
		String remedy = (group != null)
				? "Deploy the application of group '" + group + "', or take the group out of 'messaging.destination."
						+ destination + ".groups' and delete its queue on the broker."
				: "Deploy the application that has a @SubscribesTo(\"" + destination
						+ "\"), or purge the queue if nobody needs its messages.";
		return new Finding("backlog-without-processor", Severity.ERROR, Subject.destination(destination),
				"Nobody consumes " + queue.label(), List.of(queue.describeBacklog(),
						"The broker knows of no consumer of it.", "No processor of this application subscribes to it."),
				remedy, situation.at());
	}

}
