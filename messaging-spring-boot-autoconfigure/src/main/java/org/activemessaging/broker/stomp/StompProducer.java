package org.activemessaging.broker.stomp;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import org.activemessaging.broker.facade.FacadeProducer;
import org.jspecify.annotations.Nullable;

/**
 * Sends on a session.
 */
final class StompProducer extends FacadeProducer {

	private final StompSession session;

	private volatile int timeout;

	StompProducer(StompSession session, @Nullable Destination destination) {
		super(destination);
		this.session = session;
	}

	int exchangeTimeout(int millis) {
		int before = this.timeout;
		this.timeout = millis;
		return before;
	}

	@Override
	protected void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive,
			long deliveryDelay) throws JMSException {
		if (!(destination instanceof StompDestination stomp)) {
			throw new InvalidDestinationException("The destination is of another client");
		}
		if (!(message instanceof StompMessage own)) {
			throw new MessageFormatException("The message is of another client");
		}
		if (deliveryDelay > 0) {
			throw new JMSException("This broker's client does not support delays");
		}
		long now = System.currentTimeMillis();
		own.setJMSDestination(destination);
		own.setJMSDeliveryMode(deliveryMode);
		own.setJMSPriority(priority);
		own.setJMSTimestamp(now);
		own.setJMSExpiration((timeToLive > 0) ? now + timeToLive : 0);
		this.session.send(own, stomp.address(), this.timeout);
	}

}
