package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.jspecify.annotations.Nullable;

/**
 * A message with the headers that all have.
 */
abstract class StompMessage extends StompProperties {

	static final String DELIVERY_COUNT = "JMSXDeliveryCount";

	private @Nullable String messageId;

	private @Nullable String correlationId;

	private @Nullable String type;

	private @Nullable Destination replyTo;

	private @Nullable Destination destination;

	private Supplier<@Nullable Address> publishedTo = () -> null;

	private long timestamp;

	private long expiration;

	private int deliveryMode = DeliveryMode.PERSISTENT;

	private int priority = Message.DEFAULT_PRIORITY;

	private boolean redelivered;

	private @Nullable StompDelivery delivery;

	/**
	 * Returns the body as it is sent.
	 */
	abstract byte[] content();

	/**
	 * Tells whether the body is text.
	 */
	abstract boolean isText();

	/**
	 * Returns where the message was published, as far as the broker tells.
	 */
	@Nullable Address publishedTo() {
		return this.publishedTo.get();
	}

	void publishedTo(Supplier<@Nullable Address> address) {
		this.publishedTo = address;
	}

	void deliveredBy(StompDelivery delivery) {
		this.delivery = delivery;
	}

	@Override
	public void acknowledge() throws JMSException {
		if (this.delivery != null) {
			this.delivery.consumer().session().acknowledge(this.delivery);
		}
	}

	@Override
	public @Nullable String getJMSMessageID() {
		return this.messageId;
	}

	@Override
	public void setJMSMessageID(@Nullable String id) {
		this.messageId = id;
	}

	@Override
	public long getJMSTimestamp() {
		return this.timestamp;
	}

	@Override
	public void setJMSTimestamp(long timestamp) {
		this.timestamp = timestamp;
	}

	@Override
	public byte @Nullable [] getJMSCorrelationIDAsBytes() {
		return (this.correlationId != null) ? this.correlationId.getBytes(StandardCharsets.UTF_8) : null;
	}

	@Override
	public void setJMSCorrelationIDAsBytes(byte @Nullable [] correlationID) {
		this.correlationId = (correlationID != null) ? new String(correlationID, StandardCharsets.UTF_8) : null;
	}

	@Override
	public void setJMSCorrelationID(@Nullable String correlationID) {
		this.correlationId = correlationID;
	}

	@Override
	public @Nullable String getJMSCorrelationID() {
		return this.correlationId;
	}

	@Override
	public @Nullable Destination getJMSReplyTo() {
		return this.replyTo;
	}

	@Override
	public void setJMSReplyTo(@Nullable Destination replyTo) {
		this.replyTo = replyTo;
	}

	@Override
	public @Nullable Destination getJMSDestination() {
		return this.destination;
	}

	@Override
	public void setJMSDestination(@Nullable Destination destination) {
		this.destination = destination;
	}

	@Override
	public int getJMSDeliveryMode() {
		return this.deliveryMode;
	}

	@Override
	public void setJMSDeliveryMode(int deliveryMode) {
		this.deliveryMode = deliveryMode;
	}

	@Override
	public boolean getJMSRedelivered() {
		return this.redelivered;
	}

	@Override
	public void setJMSRedelivered(boolean redelivered) {
		this.redelivered = redelivered;
	}

	@Override
	public @Nullable String getJMSType() {
		return this.type;
	}

	@Override
	public void setJMSType(@Nullable String type) {
		this.type = type;
	}

	@Override
	public long getJMSExpiration() {
		return this.expiration;
	}

	@Override
	public void setJMSExpiration(long expiration) {
		this.expiration = expiration;
	}

	@Override
	public long getJMSDeliveryTime() {
		return this.timestamp;
	}

	@Override
	public void setJMSDeliveryTime(long deliveryTime) {
	}

	@Override
	public int getJMSPriority() {
		return this.priority;
	}

	@Override
	public void setJMSPriority(int priority) {
		this.priority = priority;
	}

}
