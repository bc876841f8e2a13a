package org.activemessaging.publisher;

import java.util.HashMap;
import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.MessageHeaders;

/**
 * A message as it leaves: checked before anything is sent, so that what is wrong with it
 * is said by name and costs no connection.
 */
final class OutboundMessage implements ConsumerTransaction.Send {

	private final NamedDestination destination;

	private final Object payload;

	private final Map<String, Object> properties = new HashMap<>();

	private @Nullable String correlationId;

	private @Nullable Address replyTo;

	private int priority = Message.DEFAULT_PRIORITY;

	private long timeToLive = Message.DEFAULT_TIME_TO_LIVE;

	private boolean persistent = true;

	private final Delays delays;

	private long dueAt;

	OutboundMessage(NamedDestination destination, org.springframework.messaging.Message<?> message, Delays delays) {
		this.destination = destination;
		this.delays = delays;
		this.payload = message.getPayload();
		if (!(this.payload instanceof String) && !(this.payload instanceof byte[])) {
			throw new IllegalArgumentException("A filter left a payload of type " + this.payload.getClass().getName()
					+ "; text or bytes are allowed");
		}
		for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
			header(header.getKey(), header.getValue());
		}
		if (this.dueAt > 0) {
			delays.check(destination, this.dueAt, this.timeToLive);
		}
	}

	private void header(String name, Object value) {
		switch (name) {
			case MessageHeaders.ID, MessageHeaders.TIMESTAMP -> {
				// Made by Spring for each message object; nobody asked for them.
			}
			case OutboundHeaders.PERSISTENT -> this.persistent = OutboundHeaders.persistent(value);
			case OutboundHeaders.PRIORITY -> this.priority = OutboundHeaders.priority(value);
			case OutboundHeaders.TIME_TO_LIVE -> this.timeToLive = OutboundHeaders.timeToLive(value);
			case OutboundHeaders.REPLY_TO -> this.replyTo = (Address) value;
			case MessagingHeaders.DUE_AT -> this.dueAt = ((Number) value).longValue();
			case OutboundHeaders.CORRELATION_ID -> {
				OutboundHeaders.check(name, value);
				this.correlationId = value.toString();
			}
			default -> {
				OutboundHeaders.checkFiltered(name, value);
				this.properties.put(name, value);
			}
		}
	}

	String id() {
		return String.valueOf(this.properties.get(MessagingHeaders.ID));
	}

	NamedDestination destination() {
		return this.destination;
	}

	boolean isPersistent() {
		return this.persistent;
	}

	@Nullable Object group() {
		return this.properties.get(MessagingHeaders.GROUP);
	}

	/**
	 * Returns about how much of a transaction the message takes, in bytes.
	 */
	int size() {
		return (this.payload instanceof byte[] bytes) ? bytes.length : ((String) this.payload).length();
	}

	/**
	 * Tells whether the message may be sent in a transaction with others. One that the
	 * broker does not store has no use for it.
	 */
	boolean mayShare() {
		return this.persistent && escaping() == null;
	}

	private @Nullable String escaping() {
		for (String name : this.properties.keySet()) {
			if (this.destination.broker().adapter().escapesTransactions(name)) {
				return name;
			}
		}
		return null;
	}

	/**
	 * Checks that the message can be part of a transaction.
	 * @throws IllegalArgumentException if it would be lost now and then
	 */
	void checkTransactional() {
		String name = escaping();
		if (name != null) {
			throw new IllegalArgumentException("The header '" + name + "' of a message to " + this.destination
					+ " makes the broker store it outside of the transaction in which it is published,"
					+ " where it may be lost; publish it outside of a processor, or without this header");
		}
	}

	@Override
	public void on(Session session, MessageProducer producer) throws JMSException {
		Broker broker = this.destination.broker();
		Message message = create(session);
		long remaining = (this.dueAt > 0) ? this.dueAt - broker.clock().millis() : 0;
		if (remaining <= 0) {
			send(session, producer, this.destination.publishAddress(), message);
			return;
		}
		this.delays.queues()
			.hold(broker, producer, message, new DelayQueues.Hold(this.destination.name(), this.dueAt, remaining),
					(queue) -> send(session, producer, queue, message));
	}

	private void send(Session session, MessageProducer producer, Address address, Message message) throws JMSException {
		producer.send(this.destination.broker().adapter().producerDestination(session, address), message,
				this.persistent ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT, this.priority,
				this.timeToLive);
	}

	private Message create(Session session) throws JMSException {
		Message message = body(session);
		if (this.correlationId != null) {
			message.setJMSCorrelationID(this.correlationId);
		}
		if (this.replyTo != null) {
			message.setJMSReplyTo(this.destination.broker().adapter().producerDestination(session, this.replyTo));
		}
		for (Map.Entry<String, Object> property : this.properties.entrySet()) {
			set(message, property.getKey(), property.getValue());
		}
		return message;
	}

	// Clients know names of their own, and want values of a certain type for them.
	private static void set(Message message, String name, Object value) throws JMSException {
		try {
			message.setObjectProperty(name, value);
		}
		catch (MessageFormatException | RuntimeException ex) {
			throw new IllegalArgumentException(
					"The header '" + name + "' is refused by the broker's client: " + ex.getMessage(), ex);
		}
	}

	private Message body(Session session) throws JMSException {
		if (this.payload instanceof byte[] bytes) {
			BytesMessage message = session.createBytesMessage();
			message.writeBytes(bytes);
			return message;
		}
		return session.createTextMessage((String) this.payload);
	}

}
