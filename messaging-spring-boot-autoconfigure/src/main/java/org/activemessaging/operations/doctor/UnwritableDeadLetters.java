package org.activemessaging.operations.doctor;

import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;

/**
 * Finds processors that keep failed messages because they cannot move them.
 */
final class UnwritableDeadLetters implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.processors()
			.stream()
			.filter((processor) -> processor.report().cannotMoveFailures())
			.map((processor) -> {
				String deadLetters = processor.report()
					.definition()
					.destination()
					.deadLetterAddress(processor.report().source())
					.toString();
				return new Finding("dead-letters-unwritable", Severity.ERROR, Subject.processor(processor.id()),
						"Processor '" + processor.id() + "' cannot put failed messages away",
						List.of("The broker says why: " + processor.report().outage(),
								"The messages stay in " + processor.report().source()
										+ ", and the processor is held back by its brake."),
						"Give the user of 'messaging.broker." + processor.broker() + "' the right to write to "
								+ deadLetters + " and to the delay queues, or make room on the broker.",
						situation.at());
			});
	}

}
