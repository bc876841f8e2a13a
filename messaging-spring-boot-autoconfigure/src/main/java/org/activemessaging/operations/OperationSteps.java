package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.MessageMove;
import org.activemessaging.deadletter.Cause;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.operations.OperationRequest.From;
import org.activemessaging.operations.OperationRequest.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which messages an operation means, and what it does with one.
 */
final class OperationSteps {

	private final QueueOperation operation;

	private final RedriveOutcomes outcomes;

	private final Duration timeToLive;

	OperationSteps(QueueOperation operation, RedriveOutcomes outcomes, Duration timeToLive) {
		this.operation = operation;
		this.outcomes = outcomes;
		this.timeToLive = timeToLive;
	}

	Transfer transfer() {
		OperationPlan plan = this.operation.plan();
		return new Transfer(this.operation.id(), this.operation.queue().broker(), plan.from(), plan.selector(),
				this::isMeant, step(plan.to()), this.operation);
	}

	private boolean isMeant(Message message, Instant startedAt) throws JMSException {
		BrokerAdapter adapter = this.operation.queue().broker().adapter();
		if (this.operation.id().equals(message.getStringProperty(MessagingHeaders.REDRIVE))) {
			this.outcomes.found(message, Cause.of(message, adapter).fingerprint());
			return false;
		}
		return isMeant(message, this.operation, adapter, startedAt);
	}

	/**
	 * Tells whether an operation means a message, if it was not sent back by this
	 * operation.
	 */
	static boolean isMeant(Message message, QueueOperation operation, BrokerAdapter adapter, Instant now)
			throws JMSException {
		OperationRequest request = operation.request();
		if (operation.undoes() != null) {
			return operation.undoes().equals(message.getStringProperty(MessagingHeaders.TRASHED_BY));
		}
		if (!request.selection().matches(message, adapter, now)) {
			return false;
		}
		return request.from() != From.DEAD_LETTERS || belongs(message, operation, adapter);
	}

	// Several queues may share a dead-letter queue, the broker's own for example.
	private static boolean belongs(Message message, QueueOperation operation, BrokerAdapter adapter)
			throws JMSException {
		String origin = Cause.origin(message, adapter);
		QueueRef queue = operation.queue();
		boolean own = queue.isManyQueues() ? queue.returnsTo(origin) != null : (origin != null)
				? origin.equals(queue.source().name()) : queue.destination().deadLetterQueue() == null;
		boolean chosen = operation.request().selection().id() != null;
		return own && (operation.request().kind() != Kind.REDRIVE || chosen
				|| !Cause.isSuppressedDuplicate(message, adapter));
	}

	private Transfer.Step step(@Nullable Address to) {
		Broker broker = this.operation.queue().broker();
		if (to == null) {
			return (message, session, producer) -> {
			};
		}
		return (message, session, producer) -> {
			MessageMove move = new MessageMove(message);
			String id = message.getJMSMessageID();
			if (id != null) {
				move.headerIfAbsent(MessagingHeaders.ID, id);
			}
			move.headerIfAbsent(MessagingHeaders.ORIGINAL_TIMESTAMP, message.getJMSTimestamp());
			move.without(MessagingHeaders.OPERATION);
			Address target = target(message, to);
			prepare(move, message);
			move.to(broker, session, producer, target);
		};
	}

	// Each message goes back to the queue of the pattern that it came from.
	private Address target(Message message, Address planned) throws JMSException {
		QueueRef queue = this.operation.queue();
		if (this.operation.request().kind() != OperationRequest.Kind.REDRIVE || !queue.isManyQueues()) {
			return planned;
		}
		Address target = queue.returnsTo(Cause.origin(message, queue.broker().adapter()));
		if (target == null) {
			throw new JMSException("A dead letter does not say which queue it came from");
		}
		return target;
	}

	private void prepare(MessageMove move, Message message) throws JMSException {
		switch (this.operation.request().kind()) {
			case REDRIVE -> {
				FailureHeaders.forget(move);
				Object before = message.getObjectProperty(MessagingHeaders.REDRIVE_COUNT);
				move.keepForEver()
					.header(MessagingHeaders.REDRIVE, this.operation.id())
					.header(MessagingHeaders.REDRIVE_COUNT, (before instanceof Number count) ? count.intValue() + 1 : 1)
					.header(MessagingHeaders.REDRIVEN_CAUSE,
							Cause.of(message, this.operation.queue().broker().adapter()).fingerprint());
			}
			case PURGE, DISCARD -> {
				move.keepFor(this.timeToLive).header(MessagingHeaders.TRASHED_BY, this.operation.id());
				if (message.getJMSExpiration() != 0) {
					move.header(MessagingHeaders.TRASHED_EXPIRATION, message.getJMSExpiration());
				}
			}
			case UNDO -> takeBack(move, message);
			case MOVE -> {
				if (this.operation.request().from() == From.TRASH) {
					takeBack(move, message);
				}
			}
		}
	}

	private static void takeBack(MessageMove move, Message message) throws JMSException {
		move.keepForEver().without(MessagingHeaders.TRASHED_BY).without(MessagingHeaders.TRASHED_EXPIRATION);
		if (message.getObjectProperty(MessagingHeaders.TRASHED_EXPIRATION) instanceof Number expiration) {
			move.keepFor(Duration.ofMillis(expiration.longValue() - System.currentTimeMillis()));
		}
	}

}
