package org.activemessaging.operations;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConnectionGuard;
import org.activemessaging.broker.MessageMove;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;

/**
 * Takes selected messages out of a queue and sends them elsewhere, in transactions of one
 * session: a message is in one of the two queues at any time, whoever dies. Messages that
 * are not meant go to the end of the queue in the same way, with a mark by which they are
 * recognised when they come round again; no broker is trusted with the choice, as a
 * selector may be shown the head of a queue only. For use by one thread.
 */
final class Transfer {

	// What one transaction holds, and what a crash has to do again.
	private static final int BATCH = 100;

	// For the first message: the broker may only just have been given back what a
	// processor held.
	private static final long PATIENCE = 2000;

	private static final long NEXT_BATCH = 500;

	private static final long GATHERING = 100;

	private final Set<String> cameRound = new HashSet<>();

	private final Instant startedAt = Instant.now();

	private final String operation;

	private final Broker broker;

	private final Address from;

	private final @Nullable String selector;

	private final Judge judge;

	private final Step step;

	private final Pace pace;

	/**
	 * Creates a transfer.
	 * @param operation the id of the operation
	 * @param broker the broker
	 * @param from the queue to take messages from
	 * @param selector the condition by which the broker chooses, or {@code null} if it is
	 * to hand out all messages
	 * @param judge what decides about a message
	 * @param step what is done with one that is meant
	 * @param pace what is told of progress, and may end it
	 */
	Transfer(String operation, Broker broker, Address from, @Nullable String selector, Judge judge, Step step,
			Pace pace) {
		this.operation = operation;
		this.broker = broker;
		this.from = from;
		this.selector = selector;
		this.judge = judge;
		this.step = step;
		this.pace = pace;
	}

	/**
	 * Goes on with the transfer, from the head of the queue.
	 * @param max how many messages at most
	 * @return how many were taken; fewer than the maximum if there are no more
	 * @throws JMSException if the broker does not let it go on
	 */
	int run(int max) throws JMSException {
		ConnectionGuard guard = new ConnectionGuard();
		Connection connection = guard.open(this.broker);
		this.pace.opened(guard);
		try {
			connection.start();
			return run(connection.createSession(true, Session.SESSION_TRANSACTED), max);
		}
		finally {
			JmsUtils.closeConnection(connection);
		}
	}

	private int run(Session session, int max) throws JMSException {
		int taken = 0;
		try (MessageConsumer consumer = this.broker.adapter()
			.createConsumer(session, this.from, Math.min(max, BATCH), this.selector);
				MessageProducer producer = session.createProducer(null)) {
			int size = this.pace.batch(BATCH);
			Batch batch = batch(session, consumer, producer, Math.min(size, max), PATIENCE);
			while (batch != null) {
				session.commit();
				taken += batch.taken;
				boolean goOn = this.pace.progress(batch.taken, batch.kept);
				batch = (goOn && !batch.isLast() && taken < max)
						? batch(session, consumer, producer, Math.min(size, max - taken), NEXT_BATCH) : null;
			}
		}
		return taken;
	}

	private @Nullable Batch batch(Session session, MessageConsumer consumer, MessageProducer producer, int max,
			long patience) throws JMSException {
		Message message = consumer.receive(patience);
		Batch batch = (message != null) ? new Batch() : null;
		while (batch != null && message != null) {
			if (this.judge.isMeant(message, this.startedAt)) {
				this.step.take(message, session, producer);
				batch.taken++;
			}
			else {
				batch.fresh |= keep(message, session, producer);
				batch.kept++;
			}
			boolean more = batch.taken < max && batch.taken + batch.kept < BATCH;
			message = more ? consumer.receive(GATHERING) : null;
		}
		return batch;
	}

	// Returns whether the message has not come round before. One of a high priority comes
	// round first, so the end is reached when nothing else comes.
	private boolean keep(Message message, Session session, MessageProducer producer) throws JMSException {
		String id = message.getStringProperty(MessagingHeaders.ID);
		String key = (id != null) ? id : String.valueOf((@Nullable Object) message.getJMSMessageID());
		boolean marked = isMarked(message);
		MessageMove move = new MessageMove(message).header(MessagingHeaders.OPERATION, this.operation)
			.headerIfAbsent(MessagingHeaders.ID, key)
			.headerIfAbsent(MessagingHeaders.ORIGINAL_TIMESTAMP, message.getJMSTimestamp());
		move.to(this.broker, session, producer, this.from);
		return !marked || this.cameRound.add(key);
	}

	private boolean isMarked(Message message) throws JMSException {
		return this.operation.equals(message.getStringProperty(MessagingHeaders.OPERATION))
				|| this.operation.equals(message.getStringProperty(MessagingHeaders.REDRIVE));
	}

	/**
	 * What was done in one transaction.
	 */
	private static final class Batch {

		private int taken;

		private int kept;

		private boolean fresh;

		boolean isLast() {
			return this.taken == 0 && !this.fresh;
		}

	}

	/**
	 * Decides about messages.
	 */
	@FunctionalInterface
	interface Judge {

		boolean isMeant(Message message, Instant startedAt) throws JMSException;

	}

	/**
	 * Does something with a message, in the transaction in which it was received.
	 */
	@FunctionalInterface
	interface Step {

		void take(Message message, Session session, MessageProducer producer) throws JMSException;

	}

	/**
	 * Is told of progress.
	 */
	interface Pace {

		/**
		 * A connection was opened, which may have to be closed by another thread.
		 */
		void opened(ConnectionGuard guard);

		/**
		 * Returns how many messages one transaction may take.
		 */
		int batch(int most);

		/**
		 * A transaction is committed.
		 * @param taken how many messages it has taken
		 * @param kept how many it has left
		 * @return whether to go on
		 */
		boolean progress(int taken, int kept);

	}

}
