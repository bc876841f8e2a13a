package org.activemessaging.listener;

import java.time.Duration;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.MessageMove;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.ConcreteSource;
import org.activemessaging.processor.ProcessorDefinition;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Moves messages that are to be tried again, on the session that received them: to a
 * delay queue, or to the end of their own.
 */
final class MessageMoves {

	private static final Log logger = LogFactory.getLog(InboundFlow.class);

	private final ProcessorDefinition processor;

	private final ConcreteSource sources;

	private final DelayQueues delayQueues;

	MessageMoves(ProcessorDefinition processor, ConcreteSource sources, DelayQueues delayQueues) {
		this.processor = processor;
		this.sources = sources;
		this.delayQueues = delayQueues;
	}

	void later(Message message, ConsumerTransaction transaction, DeadLetter letter, Duration delay)
			throws JMSException {
		this.delayQueues.delay(
				transaction, message, new DelayQueues.Origin(this.processor.destination().name(),
						this.processor.group(), letter.source().name()),
				(move) -> FailureHeaders.write(move, message, letter), delay);
		if (logger.isDebugEnabled()) {
			logger.debug(this.processor + " tries a message again in " + delay, letter.failure());
		}
	}

	void toTheEnd(Message message, ConsumerTransaction transaction, int attempt, @Nullable String trace)
			throws JMSException {
		MessageMove move = new MessageMove(message).headerIfAbsent(MessagingHeaders.ID, Delivery.id(message));
		noteSource(move, message);
		if (attempt > 0) {
			move.header(MessagingHeaders.ATTEMPT, attempt);
		}
		if (trace != null) {
			move.header(MessagingHeaders.FAILED_TRACE, trace);
		}
		move.to(transaction.broker(), transaction.session(), transaction.producer(), this.sources.of(message));
	}

	// Brokers count more than crashes: whatever they had handed ahead, also to a bridge
	// to another broker. So a suspect gets a new count, and is tried alone from then on.
	// One
	// of a message group would lose its order, and has twice the limit instead.
	void aside(Message message, ConsumerTransaction transaction, int crashCount) throws JMSException {
		logger.warn("Message " + FailureHeaders.clean(Delivery.id(message)) + " of " + this.processor
				+ " was in work at " + crashCount + " crashes of the application; it is tried alone now");
		MessageMove move = new MessageMove(message).header(MessagingHeaders.SUSPECT, crashCount)
			.headerIfAbsent(MessagingHeaders.ID, Delivery.id(message));
		noteSource(move, message);
		move.to(transaction.broker(), transaction.session(), transaction.producer(), this.sources.of(message));
	}

	private void noteSource(MessageMove move, Message message) throws JMSException {
		String name = this.sources.name(message);
		if (name != null) {
			move.header(MessagingHeaders.SOURCE, name);
		}
	}

}
