package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import org.activemessaging.broker.Address;
import org.jspecify.annotations.Nullable;

/**
 * A message with the headers that all have. Values of properties are read as whatever
 * they can be read as: many senders know text only.
 */
abstract class StompMessage implements Message {

	static final String DELIVERY_COUNT = "JMSXDeliveryCount";

	private final Map<String, Object> properties = new LinkedHashMap<>();

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

	Map<String, Object> properties() {
		return this.properties;
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

	@Override
	public void clearProperties() {
		this.properties.clear();
	}

	@Override
	public boolean propertyExists(String name) {
		return this.properties.containsKey(name);
	}

	@Override
	public boolean getBooleanProperty(String name) {
		return Boolean.parseBoolean(getStringProperty(name));
	}

	@Override
	public byte getByteProperty(String name) {
		return Byte.parseByte(getStringProperty(name));
	}

	@Override
	public short getShortProperty(String name) {
		return Short.parseShort(getStringProperty(name));
	}

	@Override
	public int getIntProperty(String name) {
		return Integer.parseInt(getStringProperty(name));
	}

	@Override
	public long getLongProperty(String name) {
		return Long.parseLong(getStringProperty(name));
	}

	@Override
	public float getFloatProperty(String name) {
		return (float) getDoubleProperty(name);
	}

	@Override
	public double getDoubleProperty(String name) {
		String text = getStringProperty(name);
		if (text == null) {
			throw new NumberFormatException("null");
		}
		return Double.parseDouble(text);
	}

	@Override
	public @Nullable String getStringProperty(String name) {
		Object value = this.properties.get(name);
		return (value != null) ? value.toString() : null;
	}

	@Override
	public @Nullable Object getObjectProperty(String name) {
		return this.properties.get(name);
	}

	@Override
	public Enumeration<String> getPropertyNames() {
		return Collections.enumeration(this.properties.keySet());
	}

	@Override
	public void setBooleanProperty(String name, boolean value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setByteProperty(String name, byte value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setShortProperty(String name, short value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setIntProperty(String name, int value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setLongProperty(String name, long value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setFloatProperty(String name, float value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setDoubleProperty(String name, double value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setStringProperty(String name, @Nullable String value) throws JMSException {
		setObjectProperty(name, value);
	}

	@Override
	public void setObjectProperty(String name, @Nullable Object value) throws JMSException {
		if (name == null || name.isEmpty()) {
			throw new IllegalArgumentException("A property needs a name");
		}
		if (value == null) {
			this.properties.remove(name);
		}
		else if (StompValueType.of(value) == null) {
			throw new MessageFormatException("A property cannot be of " + value.getClass());
		}
		else {
			this.properties.put(name, value);
		}
	}

}
