package org.activemessaging.broker.artemis;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.SendAcknowledgementHandler;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.jspecify.annotations.Nullable;

/**
 * A producer of the client's core that reaches one queue of a topic, and no other. For
 * each session the broker remembers the queues of the last address, and gives them what
 * is meant for one of them, if the session has sent to the topic before; unless the
 * message has another routing type than the one before. As one for queues it would drop
 * the message, as one of no type it delivers it.
 */
final class QueueAwareProducer implements ClientProducer {

	private final ClientProducer producer;

	QueueAwareProducer(ClientProducer producer) {
		this.producer = producer;
	}

	@Override
	public SimpleString getAddress() {
		return this.producer.getAddress();
	}

	@Override
	public void send(Message message) throws ActiveMQException {
		this.producer.send(message);
	}

	@Override
	public void send(Message message, SendAcknowledgementHandler handler) throws ActiveMQException {
		this.producer.send(message, handler);
	}

	@Override
	public void send(@Nullable SimpleString address, Message message) throws ActiveMQException {
		this.producer.send(address, typed(address, message));
	}

	@Override
	public void send(@Nullable SimpleString address, Message message, SendAcknowledgementHandler handler)
			throws ActiveMQException {
		this.producer.send(address, typed(address, message), handler);
	}

	@Override
	public void send(String address, Message message) throws ActiveMQException {
		send(SimpleString.of(address), message);
	}

	private static Message typed(@Nullable SimpleString address, Message message) {
		return (address != null && CompositeAddress.isFullyQualified(address)) ? message.setRoutingType(null) : message;
	}

	@Override
	public void close() throws ActiveMQException {
		this.producer.close();
	}

	@Override
	public boolean isClosed() {
		return this.producer.isClosed();
	}

	@Override
	public boolean isBlockOnDurableSend() {
		return this.producer.isBlockOnDurableSend();
	}

	@Override
	public boolean isBlockOnNonDurableSend() {
		return this.producer.isBlockOnNonDurableSend();
	}

	@Override
	public int getMaxRate() {
		return this.producer.getMaxRate();
	}

}
