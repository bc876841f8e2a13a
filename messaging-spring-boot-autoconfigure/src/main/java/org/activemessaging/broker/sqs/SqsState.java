package org.activemessaging.broker.sqs;

import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;
import org.jspecify.annotations.Nullable;

/**
 * What a message holds besides its body.
 */
final class SqsState {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final @Nullable Acknowledgement acknowledgement;

	private final @Nullable SqsLease lease;

	private @Nullable Destination replyTo;

	private boolean readOnly;

	/**
	 * Creates the state of a message to send.
	 */
	SqsState() {
		this.lease = null;
		this.acknowledgement = null;
	}

	/**
	 * Creates the state of a message that was received.
	 * @param lease the right to it
	 * @param acknowledgement what acknowledges it
	 */
	SqsState(SqsLease lease, Acknowledgement acknowledgement) {
		this.lease = lease;
		this.acknowledgement = acknowledgement;
	}

	@Nullable SqsLease lease() {
		return this.lease;
	}

	Map<String, Object> properties() {
		return this.properties;
	}

	void protect() {
		this.readOnly = true;
	}

	void clear() {
		this.properties.clear();
		this.readOnly = false;
	}

	boolean contains(String name) {
		return this.properties.containsKey(name);
	}

	@Nullable Object get(String name) {
		return this.properties.get(name);
	}

	Enumeration<String> names() {
		return Collections.enumeration(this.properties.keySet());
	}

	void set(String name, @Nullable Object value) throws JMSException {
		if (this.readOnly) {
			throw new MessageNotWriteableException("The properties of a received message are to be cleared first");
		}
		if (value instanceof String || value instanceof Boolean || value instanceof Byte || value instanceof Short
				|| value instanceof Integer || value instanceof Long || value instanceof Float
				|| value instanceof Double) {
			this.properties.put(name, value);
		}
		else {
			throw new MessageFormatException("The property '" + name + "' is neither text nor boolean nor number");
		}
	}

	@Nullable Destination replyTo() {
		return this.replyTo;
	}

	void replyTo(@Nullable Destination destination) {
		this.replyTo = destination;
	}

	void acknowledge() throws JMSException {
		if (this.acknowledgement != null && this.lease != null) {
			this.acknowledgement.acknowledge(this.lease);
		}
	}

	/**
	 * Acknowledges a message as its session says.
	 */
	@FunctionalInterface
	interface Acknowledgement {

		/**
		 * Acknowledges it.
		 * @param lease the right to the message
		 * @throws JMSException if the broker refuses it
		 */
		void acknowledge(SqsLease lease) throws JMSException;

	}

}
