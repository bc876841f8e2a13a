package org.activemessaging.receiver;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.ReceiveException;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.Delivery;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The end of the transaction in which a message was received: done, given back or given
 * up.
 */
final class Settlement {

	private static final Log logger = LogFactory.getLog(FilteringMessageReceiver.class);

	private final ReceiverConnection connection;

	private final NamedDestination destination;

	private final ReceiverLane lane;

	private final Message message;

	Settlement(ReceiverConnection connection, NamedDestination destination, ReceiverLane lane, Message message) {
		this.connection = connection;
		this.destination = destination;
		this.lane = lane;
		this.message = message;
	}

	/**
	 * Acknowledges the message.
	 * @param evenUnanswered whether no answer of the broker is good enough
	 * @throws JMSException if the message cannot be read
	 * @throws ReceiveException if the message comes again
	 */
	void commit(boolean evenUnanswered) throws JMSException {
		try {
			call(this.lane::commit);
		}
		catch (JMSException | ReceiveException ex) {
			boolean refused = isTakenBack(ex);
			if (evenUnanswered && !refused) {
				logger.warn("A message was received from " + this.destination
						+ ", and may come again, as there is no answer to its acknowledgement: "
						+ OutageLog.describe(ex));
				return;
			}
			throw new ReceiveException(this.destination.name(), "Message " + Delivery.id(this.message) + " from "
					+ this.destination + " was handled, but comes again: " + OutageLog.describe(ex), ex);
		}
	}

	void giveUp(GivingUp givingUp, DeadLetter letter) throws JMSException {
		try {
			call(() -> {
				givingUp.move(this.lane, this.message, letter);
				this.lane.commit();
			});
		}
		catch (JMSException | ReceiveException ex) {
			isTakenBack(ex);
			letter.failure().addSuppressed(ex);
			throw new ReceiveException(this.destination.name(),
					"Message " + Delivery.id(this.message) + " from " + this.destination
							+ " failed, and goes back as it cannot be moved to the dead letters: "
							+ OutageLog.describe(ex),
					letter.failure());
		}
		givingUp.moved(this.message, letter);
	}

	void giveBack(Throwable failure) {
		try {
			call(this.lane::rollback);
		}
		catch (JMSException | ReceiveException ex) {
			// The broker takes it back when the connection is closed.
			failure.addSuppressed(ex);
			this.lane.leave();
		}
	}

	private boolean isTakenBack(Exception failure) {
		if (!(failure instanceof JMSException refusal)
				|| this.connection.broker().adapter().isConnectionLost(refusal)) {
			this.lane.leave();
			return false;
		}
		try {
			call(this.lane::rollback);
			return true;
		}
		catch (JMSException | ReceiveException ex) {
			failure.addSuppressed(ex);
			this.lane.leave();
			return false;
		}
	}

	private void call(End end) throws JMSException {
		this.connection.call(this.destination, this.connection.answerNanos(), this.lane, () -> {
			end.run();
			return true;
		});
	}

	/**
	 * What ends it.
	 */
	@FunctionalInterface
	private interface End {

		void run() throws JMSException;

	}

}
