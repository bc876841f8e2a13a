package org.activemessaging.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.QueueState;

/**
 * Finds processors that exist in the application but run in no instance of it.
 */
final class IdleGroups implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.queues()
			.stream()
			.filter((queue) -> !queue.readers().isEmpty() && queue.processors().isEmpty())
			.filter((queue) -> situation.isLong(queue.abandoned()))
			.map((queue) -> finding(queue, situation));
	}

	private static Finding finding(QueueState queue, Situation situation) {
		String names = queue.readers()
			.stream()
			.map((reader) -> "'" + reader.id() + "'")
			.collect(Collectors.joining(", "));
		List<String> evidence = new ArrayList<>();
		evidence.add("The groups under 'messaging.run.groups' of this instance leave out " + names + ".");
		evidence.add("The broker knows of no consumer of " + queue.describe() + ", so no other instance runs them.");
		if (queue.backlog() > 0) {
			evidence.add(queue.describeBacklog());
		}
		return new Finding("group-runs-nowhere", (queue.backlog() > 0) ? Severity.ERROR : Severity.WARNING,
				Subject.destination(queue.destination().name()), "The processors of " + queue.label() + " run nowhere",
				evidence, "Run a deployment whose 'messaging.run.groups' names a processor group with " + names + ".",
				situation.at());
	}

}
