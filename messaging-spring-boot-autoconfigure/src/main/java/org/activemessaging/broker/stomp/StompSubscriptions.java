package org.activemessaging.broker.stomp;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.DurableSubscription;
import org.jspecify.annotations.Nullable;

/**
 * What the consumers of one session have subscribed to. Guarded by the session.
 */
final class StompSubscriptions {

	private final Map<String, StompConsumer> consumers = new LinkedHashMap<>();

	private final StompSession session;

	private long nextId;

	StompSubscriptions(StompSession session) {
		this.session = session;
	}

	StompConsumer open(Address address, @Nullable DurableSubscription subscription, int prefetch,
			@Nullable String selector) throws JMSException {
		StompDialect dialect = this.session.socket().dialect();
		boolean selective = selector != null && !selector.isEmpty();
		if (selective && dialect == StompDialect.RABBITMQ) {
			throw new InvalidSelectorException("RabbitMQ does not know selectors");
		}
		StompQueues.ensure(this.session.connection(), dialect, address);
		StompConsumer consumer = new StompConsumer(this.session, "s-" + (++this.nextId), address, Math.max(1, prefetch),
				selective ? selector : null, subscription);
		subscribe(consumer);
		this.consumers.put(consumer.id(), consumer);
		return consumer;
	}

	private void subscribe(StompConsumer consumer) throws JMSException {
		StompSocket socket = this.session.socket();
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("id", consumer.id());
		headers.put("ack", "client-individual");
		socket.dialect().subscription(headers, consumer.address(), consumer.prefetch(), socket.options());
		if (consumer.subscription() != null) {
			socket.dialect().durable(headers, consumer.subscription());
		}
		if (consumer.selector() != null) {
			headers.put("selector", consumer.selector());
		}
		socket.subscribe(consumer.id(), consumer);
		this.session.request(StompFrame.of("SUBSCRIBE", headers));
	}

	/**
	 * Ends a subscription, unless something of it is still to be acknowledged.
	 * @return whether only the end of the connection gives back what was handed ahead
	 */
	boolean end(StompConsumer consumer) throws JMSException {
		StompSocket socket = this.session.socket();
		if (consumer.hasTaken() || this.consumers.remove(consumer.id()) == null || !socket.isOpen()) {
			return false;
		}
		Map<String, String> headers = new LinkedHashMap<>();
		socket.dialect().subscription(headers, consumer.address(), 1, socket.options());
		String destination = headers.getOrDefault("destination", "");
		this.session.request(StompFrame.of("UNSUBSCRIBE", Map.of("id", consumer.id(), "destination", destination)));
		socket.unsubscribe(consumer.id());
		return consumer.forget() && !socket.dialect().unsubscribingGivesBack();
	}

	/**
	 * Subscribes anew, on another connection.
	 */
	void resume() throws JMSException {
		this.consumers.values().removeIf(StompConsumer::isClosed);
		for (StompConsumer consumer : this.consumers.values()) {
			consumer.restart();
			subscribe(consumer);
		}
	}

	void wake() {
		this.consumers.values().forEach(StompConsumer::wake);
	}

}
