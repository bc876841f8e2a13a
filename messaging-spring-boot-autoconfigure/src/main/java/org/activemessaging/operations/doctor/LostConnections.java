package org.activemessaging.operations.doctor;

import java.util.List;
import java.util.stream.Stream;

import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.doctor.Finding.Severity;
import org.activemessaging.operations.doctor.Finding.Subject;
import org.activemessaging.operations.doctor.Situation.BrokerState;
import org.activemessaging.operations.doctor.Situation.ProcessorState;

/**
 * Finds brokers that do not answer, and processors that cannot listen although their
 * broker does.
 */
final class LostConnections implements Examination {

	@Override
	public Stream<Finding> examine(Situation situation) {
		return Stream.concat(brokers(situation), processors(situation));
	}

	private static Stream<Finding> brokers(Situation situation) {
		return situation.brokers()
			.values()
			.stream()
			.filter((broker) -> broker.view().status() == BrokerStatus.DOWN)
			.map((broker) -> new Finding("connection-recovering", Severity.ERROR, Subject.broker(broker.name()),
					"Broker '" + broker.name() + "' does not answer",
					List.of("Connections to " + broker.view().url() + " fail: " + broker.view().reason(),
							"Without it wait: " + waiting(situation, broker.name())),
					"Start the broker or open the way to it. Processors, publishers and this page connect again by"
							+ " themselves; if credentials are refused, correct 'messaging.broker." + broker.name()
							+ "' and start again.",
					situation.at()));
	}

	private static String waiting(Situation situation, String broker) {
		List<String> ids = situation.processors()
			.stream()
			.filter((processor) -> processor.broker().equals(broker))
			.map(ProcessorState::id)
			.toList();
		return ids.isEmpty() ? "no processors." : "processors " + String.join(", ", ids) + ".";
	}

	private static Stream<Finding> processors(Situation situation) {
		return situation.processors()
			.stream()
			.filter((processor) -> !isDown(situation, processor) && !processor.report().cannotMoveFailures())
			.filter((processor) -> situation.isLong(processor.recovering()))
			.map((processor) -> new Finding("connection-recovering", Severity.ERROR, Subject.processor(processor.id()),
					"Processor '" + processor.id() + "' cannot listen",
					List.of("Its broker answers, but it cannot consume: " + processor.report().outage()),
					"Give the user of 'messaging.broker." + processor.broker() + "' the right to read "
							+ processor.report().source() + ", or remove what the reason names. The processor tries"
							+ " again by itself.",
					situation.at()));
	}

	private static boolean isDown(Situation situation, ProcessorState processor) {
		BrokerState broker = situation.brokers().get(processor.broker());
		return broker == null || broker.view().status() != BrokerStatus.UP;
	}

}
