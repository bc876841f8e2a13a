package org.activemessaging.listener;

import java.time.Duration;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.processor.ProcessorDefinition;
import org.apache.commons.logging.LogFactory;

/**
 * Tells the listeners and the log what becomes of the messages of a processor.
 */
final class OutcomeReport {

	private final ProcessorDefinition processor;

	private final DeliveryListener listener;

	private final DeadLetterLog deadLetterLog;

	private final MinuteLog ruleLog = new MinuteLog(LogFactory.getLog(InboundFlow.class)::warn);

	OutcomeReport(ProcessorDefinition processor, DeliveryListener listener, int maxAttempts) {
		this.processor = processor;
		this.listener = listener;
		this.deadLetterLog = new DeadLetterLog(processor.toString(), maxAttempts);
	}

	void redelivered(Duration delay) {
		this.listener.redelivered(this.processor, delay);
	}

	void paused(Duration time, Throwable failure) {
		this.ruleLog.add(this.processor + " takes no messages for " + time.toMillis()
				+ " ms, as a rule says for this failure: " + describe(failure));
	}

	/**
	 * Tells what has become of a message. Its transaction is committed, and it has not
	 * gone back.
	 * @param message the message
	 * @param outcome what has become of it
	 * @throws JMSException if the message cannot be read
	 */
	void committed(Message message, Outcome outcome) throws JMSException {
		DeadLetter letter = outcome.letter();
		if (letter != null) {
			this.listener.deadLettered(this.processor, letter);
			this.deadLetterLog.add(letter, Delivery.id(message));
		}
		else if (outcome.delay() != null) {
			redelivered(outcome.delay());
			return;
		}
		else if (outcome.discarded() != null) {
			this.listener.discarded(this.processor, outcome.discarded());
			this.ruleLog.add(this.processor + " discards a message, as a rule says for this failure: "
					+ describe(outcome.discarded()));
		}
		this.listener.settled(this.processor, message, letter);
	}

	private static String describe(Throwable failure) {
		return failure.getClass().getName() + ": " + FailureHeaders.clean(failure.getMessage());
	}

}
