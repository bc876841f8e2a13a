package org.activemessaging.broker;

import java.time.Duration;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;

/**
 * A message on its way from one queue to another, in the transaction in which it was
 * received. Its body is not touched, and its headers are kept.
 *
 * @since 0.1.0
 */
public final class MessageMove {

	// Set by the broker for each delivery; no client can set them.
	private static final Set<String> DELIVERY_PROPERTIES = Set.of("JMSXDeliveryCount", "JMSXUserID", "JMSXAppID",
			"JMSXProducerTXID", "JMSXConsumerTXID", "JMSXRcvTimestamp", "JMSXState");

	private final Message message;

	private final Map<String, Object> headers = new LinkedHashMap<>();

	private int deliveryMode;

	private long expiration;

	private Duration kept = Duration.ZERO;

	private Duration delay = Duration.ZERO;

	/**
	 * Starts a move.
	 * @param message the message as it was received
	 * @throws JMSException if it cannot be read
	 */
	public MessageMove(Message message) throws JMSException {
		this.message = message;
		this.deliveryMode = message.getJMSDeliveryMode();
		this.expiration = message.getJMSExpiration();
		Enumeration<?> names = message.getPropertyNames();
		while (names.hasMoreElements()) {
			String name = (String) names.nextElement();
			if (!DELIVERY_PROPERTIES.contains(name)) {
				this.headers.put(name, message.getObjectProperty(name));
			}
		}
	}

	/**
	 * Sets a header.
	 * @param name its name
	 * @param value its value
	 * @return this move
	 */
	public MessageMove header(String name, Object value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Sets a header unless the message has it.
	 * @param name its name
	 * @param value its value
	 * @return this move
	 */
	public MessageMove headerIfAbsent(String name, Object value) {
		this.headers.putIfAbsent(name, value);
		return this;
	}

	/**
	 * Removes a header.
	 * @param name its name
	 * @return this move
	 */
	public MessageMove without(String name) {
		this.headers.remove(name);
		return this;
	}

	/**
	 * Has the message kept until somebody takes it, across restarts of the broker.
	 * @return this move
	 */
	public MessageMove keepForEver() {
		this.deliveryMode = DeliveryMode.PERSISTENT;
		this.expiration = 0;
		return this;
	}

	/**
	 * Has the message kept for a time, across restarts of the broker.
	 * @param time how long; after it, a broker that knows of expiry gives the message to
	 * nobody
	 * @return this move
	 */
	public MessageMove keepFor(Duration time) {
		this.deliveryMode = DeliveryMode.PERSISTENT;
		this.kept = time;
		return this;
	}

	/**
	 * Has the broker hold the message back, if it can.
	 * @param delay how long
	 * @return this move
	 * @see NativeDelay
	 */
	public MessageMove delayedBy(Duration delay) {
		this.delay = delay;
		return this;
	}

	/**
	 * Sends the message on.
	 * @param broker the broker
	 * @param session the session in which the message was received
	 * @param producer a producer of that session without a destination of its own
	 * @param address where the message is to go
	 * @throws JMSException if the broker refuses it
	 */
	public void to(Broker broker, Session session, MessageProducer producer, Address address) throws JMSException {
		this.message.clearProperties();
		for (Map.Entry<String, Object> header : this.headers.entrySet()) {
			this.message.setObjectProperty(header.getKey(), header.getValue());
		}
		long timeToLive = timeToLive(broker);
		Destination destination = broker.adapter().producerDestination(session, address);
		Duration longest = (broker.adapter() instanceof NativeDelay adapter) ? adapter.longestDelay(address)
				: Duration.ZERO;
		if (longest.isZero() || this.delay.isZero()) {
			producer.send(destination, this.message, this.deliveryMode, this.message.getJMSPriority(), timeToLive);
			return;
		}
		producer.setDeliveryDelay(Math.min(longest.toMillis(), this.delay.toMillis()));
		try {
			producer.send(destination, this.message, this.deliveryMode, this.message.getJMSPriority(), timeToLive);
		}
		finally {
			producer.setDeliveryDelay(0);
		}
	}

	private long timeToLive(Broker broker) {
		if (!this.kept.isZero()) {
			return Math.max(1, this.kept.toMillis());
		}
		return (this.expiration == 0) ? 0 : Math.max(1, this.expiration - broker.clock().millis());
	}

}
