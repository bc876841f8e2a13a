package org.activemessaging.broker.sqs;

import java.time.Duration;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import org.activemessaging.broker.facade.FacadeProducer;
import org.jspecify.annotations.Nullable;

/**
 * A producer of a session.
 */
final class SqsProducer extends FacadeProducer {

	private final SqsSession session;

	private Duration timeout;

	SqsProducer(SqsSession session, @Nullable Destination destination, Duration timeout) {
		super(destination);
		this.session = session;
		this.timeout = timeout;
	}

	int exchangeTimeout(int millis) {
		int before = Math.toIntExact(this.timeout.toMillis());
		this.timeout = Duration.ofMillis(Math.max(1, millis));
		return before;
	}

	@Override
	protected void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive,
			long deliveryDelay) throws JMSException {
		if (deliveryDelay > SqsEncoder.LONGEST_DELAY * 1000L) {
			throw new MessageFormatException(
					"SQS holds a message back for at most 15 minutes, not for " + deliveryDelay + " ms");
		}
		if (deliveryDelay > 0 && destination instanceof SqsDestination sqs && SqsNames.isFifo(sqs.name())) {
			throw new MessageFormatException("SQS holds no message back in a FIFO queue");
		}
		this.session.send(destination, message, timeToLive, deliveryDelay, this.timeout);
		message.setJMSDestination(destination);
		message.setJMSDeliveryMode(deliveryMode);
		message.setJMSPriority(priority);
		long now = System.currentTimeMillis();
		message.setJMSExpiration((timeToLive > 0) ? now + timeToLive : 0);
	}

}
