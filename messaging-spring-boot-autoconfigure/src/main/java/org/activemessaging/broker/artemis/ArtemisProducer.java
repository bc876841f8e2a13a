package org.activemessaging.broker.artemis;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.core.client.impl.ClientProducerCredits;
import org.apache.activemq.artemis.core.client.impl.ClientSessionInternal;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessageProducer;
import org.apache.activemq.artemis.jms.client.ConnectionFactoryOptions;
import org.jspecify.annotations.Nullable;

/**
 * A producer whose sends are bounded in time.
 */
final class ArtemisProducer extends ActiveMQMessageProducer {

	private final ArtemisSession session;

	private final @Nullable ActiveMQDestination destination;

	private volatile int timeout;

	ArtemisProducer(ActiveMQConnection connection, ClientProducer producer, @Nullable ActiveMQDestination destination,
			ArtemisSession session, ConnectionFactoryOptions options, int timeout) throws JMSException {
		super(connection, producer, destination, session, options);
		this.session = session;
		this.destination = destination;
		this.timeout = timeout;
	}

	int exchangeTimeout(int millis) {
		int before = this.timeout;
		this.timeout = millis;
		return before;
	}

	@Override
	public void send(Message message) throws JMSException {
		limit(this.destination, message, () -> super.send(message));
	}

	@Override
	public void send(Message message, int deliveryMode, int priority, long timeToLive) throws JMSException {
		limit(this.destination, message, () -> super.send(message, deliveryMode, priority, timeToLive));
	}

	@Override
	public void send(Destination destination, Message message) throws JMSException {
		limit(destination, message, () -> super.send(destination, message));
	}

	@Override
	public void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive)
			throws JMSException {
		limit(destination, message, () -> super.send(destination, message, deliveryMode, priority, timeToLive));
	}

	private void limit(@Nullable Destination destination, Message message, SendWatch.Send send) throws JMSException {
		// The broker would drop a message that comes back to an address by its mark
		// against duplicates; one that was received has an id of the broker.
		if (message instanceof ActiveMQMessage received && received.getCoreMessage().getMessageID() != 0) {
			received.getCoreMessage()
				.removeProperty(org.apache.activemq.artemis.api.core.Message.HDR_DUPLICATE_DETECTION_ID);
		}
		SendWatch.limit(this.timeout, () -> isBlocked(destination), send);
	}

	private boolean isBlocked(@Nullable Destination destination) {
		if (!(destination instanceof ActiveMQDestination artemis)
				|| !(this.session.getCoreSession() instanceof ClientSessionInternal core)) {
			return false;
		}
		SimpleString address = artemis.getSimpleAddress();
		ClientProducerCredits credits = (address != null) ? core.getCredits(address, true) : null;
		return credits != null && credits.isBlocked();
	}

}
