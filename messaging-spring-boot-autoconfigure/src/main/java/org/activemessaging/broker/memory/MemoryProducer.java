package org.activemessaging.broker.memory;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.facade.FacadeProducer;
import org.apache.activemq.ActiveMQMessageTransformation;
import org.apache.activemq.command.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

/**
 * A producer of a session.
 */
final class MemoryProducer extends FacadeProducer {

	private final MemorySession session;

	MemoryProducer(MemorySession session, @Nullable Destination destination) {
		super(destination);
		this.session = session;
	}

	@Override
	protected void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive,
			long deliveryDelay) throws JMSException {
		long now = this.session.broker().clock().millis();
		boolean moved = message.getJMSMessageID() != null;
		message.setJMSDestination(MemorySession.address(destination));
		message.setJMSDeliveryMode(deliveryMode);
		message.setJMSPriority(priority);
		message.setJMSTimestamp(now);
		message.setJMSExpiration((timeToLive > 0) ? now + timeToLive : 0);
		message.setJMSDeliveryTime(now + deliveryDelay);
		message.setJMSMessageID(this.session.broker().nextMessageId());
		ActiveMQMessage sent = ActiveMQMessageTransformation.transformMessage(message, null);
		sent.onSend();
		ActiveMQMessage copy = (ActiveMQMessage) sent.copy();
		copy.setRedeliveryCounter(0);
		this.session.send(new MemoryBroker.Send(copy, deliveryDelay, moved));
	}

}
