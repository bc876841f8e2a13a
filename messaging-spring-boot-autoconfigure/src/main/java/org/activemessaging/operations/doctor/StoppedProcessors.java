package org.activemessaging.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.listener.ContainerState;
import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.ProcessorState;

/**
 * Finds processors that do not listen because nobody started them, or somebody stopped
 * them.
 */
final class StoppedProcessors implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return situation.processors()
			.stream()
			.filter((processor) -> processor.report().state() == ContainerState.STOPPED
					|| processor.report().state() == ContainerState.FAILED)
			.map((processor) -> finding(processor, situation));
	}

	private static Finding finding(ProcessorState processor, Situation situation) {
		boolean autoStartup = processor.report().settings().autoStartup();
		List<String> evidence = new ArrayList<>();
		if (processor.report().state() == ContainerState.FAILED) {
			evidence.add("It could not begin to listen: " + processor.report().outage());
		}
		else {
			evidence.add(autoStartup ? "The processor was stopped after the start of the application."
					: "The processor is configured with 'auto-startup: false', and nobody has started it since.");
		}
		boolean waiting = situation.addBacklog(processor, evidence);
		return new Finding("not-started", waiting ? Severity.WARNING : Severity.INFO, Subject.processor(processor.id()),
				"Processor '" + processor.id() + "' is not started", evidence,
				"Start it: POST {\"state\": \"running\"} to processors/" + processor.id() + " of this endpoint"
						+ (autoStartup ? "." : ", or remove 'auto-startup: false'."),
				situation.at());
	}

}
