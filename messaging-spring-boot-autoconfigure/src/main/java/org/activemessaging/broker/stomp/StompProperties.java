package org.activemessaging.broker.stomp;

import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a message. Their values are read as whatever they can be read as:
 * many senders know text only.
 */
abstract class StompProperties implements Message {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	Map<String, Object> properties() {
		return this.properties;
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
