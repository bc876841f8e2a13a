package org.activemessaging.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.listener.Failure;
import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.ProcessorState;

/**
 * Finds processors that somebody paused, or that slow themselves down.
 */
final class PausedProcessors implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.processors()
			.stream()
			.filter((processor) -> processor.report().braked())
			.map((processor) -> finding(processor, situation));
	}

	private static Finding finding(ProcessorState processor, Situation situation) {
		List<String> evidence = new ArrayList<>();
		evidence.add("Message after message has failed, so the processor tries one at a time, with growing pauses.");
		Failure failure = processor.report().lastFailure();
		if (failure != null) {
			evidence
				.add("The last failure, at " + failure.at() + ": " + failure.exception() + ": " + failure.message());
		}
		boolean waiting = situation.addBacklog(processor, evidence);
		return new Finding("processor-paused", waiting ? Severity.WARNING : Severity.INFO,
				Subject.processor(processor.id()), "Processor '" + processor.id() + "' is held back by its brake",
				evidence, "Repair what the processor needs; the first message that succeeds releases the brake.",
				situation.at());
	}

}
