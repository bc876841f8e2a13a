package org.activemessaging.receiver;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.activemessaging.MessageReceiver;
import org.activemessaging.broker.Broker;
import org.activemessaging.deadletter.DeadLetters;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.payload.PayloadConverter;

import org.springframework.util.Assert;

/**
 * Takes messages one by one, each in a transaction of its own, on a connection for each
 * broker that is made when it is used.
 *
 * @since 0.1.0
 */
public final class FilteringMessageReceiver implements MessageReceiver, AutoCloseable {

	private final Map<String, ReceiverConnection> connections = new ConcurrentHashMap<>();

	private final NamedDestinations destinations;

	private final MessageFilters filters;

	private final PayloadConverter converter;

	private final GivingUp givingUp;

	private final String group;

	private final long maxPayloadSize;

	private final Duration drainTimeout;

	private final ReceiveEvents events;

	/**
	 * Creates a receiver.
	 * @param destinations where messages may come from
	 * @param filters the filters around every message
	 * @param converter what reads payloads
	 * @param deadLetters where messages end
	 * @param group the consumer group of who names none
	 * @param limits what a message may be, and how long things may take
	 * @param events who is told what becomes of messages
	 */
	public FilteringMessageReceiver(NamedDestinations destinations, MessageFilters filters, PayloadConverter converter,
			DeadLetters deadLetters, String group, Limits limits, ReceiveEvents events) {
		this.destinations = destinations;
		this.filters = filters;
		this.converter = converter;
		this.givingUp = new GivingUp(deadLetters, limits.maxAttempts());
		this.group = group;
		this.maxPayloadSize = limits.maxPayloadSize();
		this.drainTimeout = limits.drainTimeout();
		this.events = events;
	}

	@Override
	public Reception from(String destination) {
		Assert.notNull(destination, "'destination' must not be null");
		NamedDestination named = this.destinations.get(destination);
		if (named.type() == DestinationType.TOPIC) {
			throw new IllegalArgumentException("Nothing can be received from " + named
					+ ", which is a plain topic: it keeps nothing for who is not listening. Declare it as"
					+ " 'messaging.destination." + destination + ".virtual-topic', or listen with @SubscribesTo");
		}
		return new DefaultReception(this, named, (named.type() == DestinationType.VIRTUAL_TOPIC) ? this.group : null);
	}

	ReceiverConnection connection(Broker broker) {
		return this.connections.computeIfAbsent(broker.name(), (name) -> new ReceiverConnection(broker));
	}

	MessageFilters filters() {
		return this.filters;
	}

	PayloadConverter converter() {
		return this.converter;
	}

	GivingUp givingUp() {
		return this.givingUp;
	}

	ReceiveEvents events() {
		return this.events;
	}

	long maxPayloadSize() {
		return this.maxPayloadSize;
	}

	@Override
	public void close() {
		this.connections.values().forEach(ReceiverConnection::refuse);
		long deadline = System.nanoTime() + this.drainTimeout.toNanos();
		this.connections.values().forEach((connection) -> connection.close(deadline));
	}

	/**
	 * What a message may be, and how long things may take.
	 *
	 * @param maxAttempts how often a message may fail altogether
	 * @param maxPayloadSize the largest payload that is taken, in bytes or characters
	 * @param drainTimeout how long handlers may take when the application stops
	 */
	public record Limits(int maxAttempts, long maxPayloadSize, Duration drainTimeout) {
	}

}
