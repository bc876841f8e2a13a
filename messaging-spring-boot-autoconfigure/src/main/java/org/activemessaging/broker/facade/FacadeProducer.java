package org.activemessaging.broker.facade;

import jakarta.jms.CompletionListener;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import org.jspecify.annotations.Nullable;

/**
 * A producer whose every way to send ends in one method.
 *
 * @since 0.1.0
 */
public abstract class FacadeProducer implements MessageProducer {

	private final @Nullable Destination destination;

	private int deliveryMode = DeliveryMode.PERSISTENT;

	private int priority = Message.DEFAULT_PRIORITY;

	private long timeToLive;

	private long deliveryDelay;

	private boolean disableMessageId;

	private boolean disableMessageTimestamp;

	/**
	 * Creates a producer.
	 * @param destination where it sends to, or {@code null} if each call says so
	 */
	protected FacadeProducer(@Nullable Destination destination) {
		this.destination = destination;
	}

	/**
	 * Sends a message. On a session that is not transacted it returns when the broker has
	 * the message.
	 * @param destination where to
	 * @param message the message, whose delivery mode, priority, expiration and timestamp
	 * are still to be set
	 * @param deliveryMode the delivery mode
	 * @param priority the priority
	 * @param timeToLive the time to live in milliseconds, 0 for ever
	 * @param deliveryDelay how long it is to be held back, in milliseconds
	 * @throws JMSException if the broker does not take it
	 */
	protected abstract void send(Destination destination, Message message, int deliveryMode, int priority,
			long timeToLive, long deliveryDelay) throws JMSException;

	@Override
	public void send(Message message) throws JMSException {
		send(message, this.deliveryMode, this.priority, this.timeToLive);
	}

	@Override
	public void send(Message message, int deliveryMode, int priority, long timeToLive) throws JMSException {
		if (this.destination == null) {
			throw new UnsupportedOperationException("This producer has no destination of its own");
		}
		send(this.destination, message, deliveryMode, priority, timeToLive, this.deliveryDelay);
	}

	@Override
	public void send(Destination destination, Message message) throws JMSException {
		send(destination, message, this.deliveryMode, this.priority, this.timeToLive);
	}

	@Override
	public void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive)
			throws JMSException {
		if (this.destination != null) {
			throw new UnsupportedOperationException("This producer has a destination of its own");
		}
		if (destination == null) {
			throw new InvalidDestinationException("There is no destination to send to");
		}
		send(destination, message, deliveryMode, priority, timeToLive, this.deliveryDelay);
	}

	@Override
	public void send(Message message, CompletionListener listener) throws JMSException {
		throw Unsupported.operation("completion listeners");
	}

	@Override
	public void send(Message message, int deliveryMode, int priority, long timeToLive, CompletionListener listener)
			throws JMSException {
		throw Unsupported.operation("completion listeners");
	}

	@Override
	public void send(Destination destination, Message message, CompletionListener listener) throws JMSException {
		throw Unsupported.operation("completion listeners");
	}

	@Override
	public void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive,
			CompletionListener listener) throws JMSException {
		throw Unsupported.operation("completion listeners");
	}

	@Override
	public @Nullable Destination getDestination() throws JMSException {
		return this.destination;
	}

	@Override
	public int getDeliveryMode() throws JMSException {
		return this.deliveryMode;
	}

	@Override
	public void setDeliveryMode(int deliveryMode) throws JMSException {
		this.deliveryMode = deliveryMode;
	}

	@Override
	public int getPriority() throws JMSException {
		return this.priority;
	}

	@Override
	public void setPriority(int defaultPriority) throws JMSException {
		this.priority = defaultPriority;
	}

	@Override
	public long getTimeToLive() throws JMSException {
		return this.timeToLive;
	}

	@Override
	public void setTimeToLive(long timeToLive) throws JMSException {
		this.timeToLive = timeToLive;
	}

	@Override
	public long getDeliveryDelay() throws JMSException {
		return this.deliveryDelay;
	}

	@Override
	public void setDeliveryDelay(long deliveryDelay) throws JMSException {
		this.deliveryDelay = deliveryDelay;
	}

	@Override
	public boolean getDisableMessageID() throws JMSException {
		return this.disableMessageId;
	}

	@Override
	public void setDisableMessageID(boolean value) throws JMSException {
		this.disableMessageId = value;
	}

	@Override
	public boolean getDisableMessageTimestamp() throws JMSException {
		return this.disableMessageTimestamp;
	}

	@Override
	public void setDisableMessageTimestamp(boolean value) throws JMSException {
		this.disableMessageTimestamp = value;
	}

	@Override
	public void close() throws JMSException {
	}

}
