package org.activemessaging.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.activemessaging.listener.Failure;
import org.activemessaging.listener.PauseReason;
import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.ProcessorState;

/**
 * Finds processors that somebody paused, or that hold themselves back.
 */
final class PausedProcessors implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.processors()
			.stream()
			.filter((processor) -> !processor.report().pausedBy().isEmpty())
			.map((processor) -> finding(processor, situation));
	}

	private static Finding finding(ProcessorState processor, Situation situation) {
		List<String> evidence = new ArrayList<>();
		processor.report().pausedBy().forEach((reason) -> evidence.add(describe(reason)));
		Failure failure = processor.report().lastFailure();
		if (processor.report().braked() && failure != null) {
			evidence
				.add("The last failure, at " + failure.at() + ": " + failure.exception() + ": " + failure.message());
		}
		boolean waiting = situation.addBacklog(processor, evidence);
		String by = processor.report().pausedBy().stream().map(PauseReason::label).collect(Collectors.joining(" and "));
		return new Finding("processor-paused", waiting ? Severity.WARNING : Severity.INFO,
				Subject.processor(processor.id()), "Processor '" + processor.id() + "' is paused by " + by, evidence,
				remedy(processor), situation.at());
	}

	private static String describe(PauseReason reason) {
		return switch (reason) {
			case OPERATOR -> "Somebody has paused it by the endpoint.";
			case BRAKE -> "Message after message has failed, so it tries one at a time, with growing pauses.";
			case RULE -> "A message failed with an exception for which a rule demands a pause; it ends by itself.";
			case DRAIN -> "The application stops.";
		};
	}

	private static String remedy(ProcessorState processor) {
		StringBuilder remedy = new StringBuilder();
		if (processor.report().braked()) {
			remedy.append("Repair what the processor needs; the first message that succeeds releases the brake. ");
		}
		if (processor.report().pausedBy().contains(PauseReason.OPERATOR)) {
			remedy.append("Let it go on: POST {\"state\": \"running\"} to processors/")
				.append(processor.id())
				.append(" of this endpoint. ");
		}
		if (processor.report().pausedBy().contains(PauseReason.RULE)) {
			remedy.append("Repair what the processor needs; the time of the rule ends by itself. ");
		}
		return (remedy.length() > 0) ? remedy.toString().strip() : "Nothing; it ends with the application.";
	}

}
