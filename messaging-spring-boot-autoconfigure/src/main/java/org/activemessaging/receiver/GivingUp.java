package org.activemessaging.receiver;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.deadletter.FailureHeaders;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.Delivery;
import org.activemessaging.redelivery.FailureKind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a message that failed goes back to its queue or to the dead letters.
 */
final class GivingUp {

	private static final Log logger = LogFactory.getLog(FilteringMessageReceiver.class);

	private static final String WHO = "receiver";

	private final DeadLetters deadLetters;

	private final int maxAttempts;

	GivingUp(DeadLetters deadLetters, int maxAttempts) {
		this.deadLetters = deadLetters;
		this.maxAttempts = maxAttempts;
	}

	/**
	 * Decides about a failure.
	 * @param from where the message is from
	 * @param group its consumer group
	 * @param source the address it was received from
	 * @param message the message
	 * @param failure why it failed
	 * @param trace the trace context of this try, or {@code null} if it was not traced
	 * @return why it is given up, or {@code null} if it goes back
	 * @throws JMSException if the message cannot be read
	 */
	@Nullable DeadLetter decide(NamedDestination from, @Nullable String group, Address source, Message message, Throwable failure,
			@Nullable String trace) throws JMSException {
		FailureKind kind = Delivery.kind(failure);
		// What goes back keeps its headers, and only the broker counts.
		int attempt = Delivery.attempts(message, this.maxAttempts) + deliveries(message);
		boolean again = (kind == FailureKind.HANDLER || kind == FailureKind.ABORTED) && attempt < this.maxAttempts;
		return again ? null : new DeadLetter(WHO, from, group, source, kind.label(), attempt, failure, trace);
	}

	private static int deliveries(Message message) throws JMSException {
		return (message.getObjectProperty("JMSXDeliveryCount") instanceof Number deliveries)
				? Math.max(1, deliveries.intValue()) : 1;
	}

	void move(ReceiverLane lane, Message message, DeadLetter letter) throws JMSException {
		this.deadLetters.add(lane.transaction(), message, letter);
	}

	void moved(Message message, DeadLetter letter) throws JMSException {
		logger.warn("Message " + FailureHeaders.clean(Delivery.id(message)) + " received from " + letter.destination()
				+ " was moved to " + letter.address() + " (" + letter.kind() + "): "
				+ letter.failure().getClass().getName() + ": " + FailureHeaders.clean(letter.failure().getMessage()));
		logger.debug("Failure of a received message", letter.failure());
	}

}
