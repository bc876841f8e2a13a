package org.activemessaging.operations.doctor;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.ProcessorState;
import org.activemessaging.operations.doctor.Situation.QueueState;

/**
 * Finds processors whose selector takes nothing of what lies at the head of their queue,
 * and brokers look no further.
 */
final class StarvedSelectors implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.queues()
			.stream()
			.filter((queue) -> queue.head() != null && queue.backlog() > 0)
			.flatMap((queue) -> queue.processors()
				.stream()
				.filter((processor) -> isStarved(queue, processor, situation))
				.map((processor) -> finding(queue, processor, situation)));
	}

	private static boolean isStarved(QueueState queue, ProcessorState processor, Situation situation) {
		String selector = processor.report().definition().selector();
		QueueHead head = Objects.requireNonNull(queue.head());
		return selector != null && processor.isRunning() && situation.isLong(processor.idle())
				&& Objects.equals(head.matches().get(selector), 0);
	}

	private static Finding finding(QueueState queue, ProcessorState processor, Situation situation) {
		QueueHead head = Objects.requireNonNull(queue.head());
		boolean more = queue.backlog() > head.seen();
		return new Finding("selector-starved", more ? Severity.ERROR : Severity.WARNING,
				Subject.processor(processor.id()),
				"The selector of processor '" + processor.id() + "' takes none of the next messages",
				List.of(queue.describeBacklog(),
						"None of the first " + head.seen() + " matches \"" + processor.report().definition().selector()
								+ "\""
								+ (more ? "; a broker does not look further until some of them are gone." : ".")),
				"Give each kind of message a destination of its own, as one queue with selectors gets stuck; or run a"
						+ " processor for what lies in front; or raise 'maxPageSize' in the destination policy of"
						+ " ActiveMQ.",
				situation.at());
	}

}
