package org.activemessaging.operations;

import java.time.Instant;

import jakarta.jms.Message;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.broker.Support;
import org.activemessaging.operations.OperationRequest.From;

/**
 * Tells how many messages an operation means, before it does anything. Messages are
 * looked at where their number alone does not tell.
 */
final class Estimate {

	private static final int LOOK_AT = MessageInspection.MAX_LIMIT;

	private final QueueReader reader;

	private final MessagingOperations numbers;

	Estimate(QueueReader reader, MessagingOperations numbers) {
		this.reader = reader;
		this.numbers = numbers;
	}

	void of(QueueOperation operation) {
		OperationPlan plan = operation.plan();
		if (!plan.support().available()) {
			return;
		}
		QueueRef queue = operation.queue();
		boolean all = operation.request().selection().isAll() && operation.request().from() == From.QUEUE;
		QueueSample sample = this.numbers.sample(queue.broker().name(), plan.from().name());
		Long depth = (sample != null) ? sample.depth() : null;
		boolean exact = sample != null && sample.exact();
		Support support = QueueReader.support(queue.broker(), operation.request().from() != From.QUEUE);
		if (support.available()) {
			look(operation, support, (depth != null) ? depth : 0, exact && depth != null, all);
		}
		else if (all && depth != null) {
			operation.expect(Math.min(depth, (long) operation.request().limit()), exact);
		}
	}

	// A browser may be shown fewer messages than there are, and what was sampled may be
	// some seconds old.
	private void look(QueueOperation operation, Support support, long depth, boolean exact, boolean all) {
		QueueRef queue = operation.queue();
		this.reader.read(queue.broker(), operation.plan().from(), support, LOOK_AT, (messages) -> {
			long meant = 0;
			for (Message message : messages) {
				meant += OperationSteps.isMeant(message, operation, queue.broker().adapter(), Instant.now()) ? 1 : 0;
			}
			meant = all ? Math.max(meant, depth) : meant;
			operation.expect(Math.min(meant, operation.request().limit()), exact && (all || depth <= messages.size()));
			return meant;
		});
	}

}
