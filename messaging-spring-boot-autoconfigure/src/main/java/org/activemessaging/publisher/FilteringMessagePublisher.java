package org.activemessaging.publisher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.util.Assert;

/**
 * The way of a message from the publish call to the broker: written, filtered, then sent
 * on the transaction of the message being processed if there is one on that broker, or
 * else on a session of its own, waiting for the broker's word.
 *
 * @since 0.1.0
 */
public final class FilteringMessagePublisher implements MessagePublisher, AutoCloseable {

	private final ThreadLocal<@Nullable Departure> departure = new ThreadLocal<>();

	private final Map<String, FilterChain> chains = new ConcurrentHashMap<>();

	private final NamedDestinations destinations;

	private final MessageFilters filters;

	private final MessageWriter writer;

	private final PublisherConnections connections;

	private final Outbox outbox;

	private final Delays delays;

	private final PublishEvents events;

	/**
	 * Creates a publisher.
	 * @param destinations where messages may go
	 * @param filters the filters around every message
	 * @param writer what writes messages
	 * @param connections the connections to brokers, closed with the publisher
	 * @param outbox what takes messages that must not leave yet
	 * @param delays how messages are held back
	 * @param events who is told what becomes of publications
	 */
	public FilteringMessagePublisher(NamedDestinations destinations, MessageFilters filters, MessageWriter writer,
			PublisherConnections connections, Outbox outbox, Delays delays, PublishEvents events) {
		this.destinations = destinations;
		this.filters = filters;
		this.writer = writer;
		this.connections = connections;
		this.outbox = outbox;
		this.delays = delays;
		this.events = events;
	}

	@Override
	public Publication to(String destination) {
		Assert.notNull(destination, "'destination' must not be null");
		return new DefaultPublication(this, new MessageDraft(this.destinations.get(destination).forPublishing(null)));
	}

	void publish(MessageDraft draft, Object payload) {
		long startedAt = System.nanoTime();
		Map<String, Object> headers = draft.headers();
		PublishObserver.Observed observed = this.events.begin(draft.destination(), headers);
		PublishException failure = null;
		try {
			run(draft, headers, payload, Departure.NOW);
		}
		catch (PublishException ex) {
			failure = ex;
			throw ex;
		}
		finally {
			this.events.published(draft.destination(), startedAt, failure);
			observed.leave();
			observed.end(failure);
		}
	}

	CompletableFuture<@Nullable Void> publishAsync(MessageDraft draft, Object payload) {
		List<CompletableFuture<@Nullable Void>> sent = new ArrayList<>(1);
		return completing(draft, payload, (connection, message) -> sent.add(connection.sendAsync(message)), sent);
	}

	/**
	 * Publishes a request: at once and in no transaction, as the reply may be waited for
	 * while that is open.
	 * @param draft what is said about the request
	 * @param payload the payload
	 * @param later whether to return before the broker has the request
	 * @return completes when the broker has the request
	 */
	public CompletableFuture<@Nullable Void> request(MessageDraft draft, Object payload, boolean later) {
		List<CompletableFuture<@Nullable Void>> sent = new ArrayList<>(1);
		Departure departure = later ? (connection, message) -> sent.add(connection.sendAsync(message)) : Departure.NOW;
		return completing(draft, payload, Departure.apart(departure), sent);
	}

	private CompletableFuture<@Nullable Void> completing(MessageDraft draft, Object payload, Departure departure,
			List<CompletableFuture<@Nullable Void>> sent) {
		long startedAt = System.nanoTime();
		Map<String, Object> headers = draft.headers();
		PublishObserver.Observed observed = this.events.begin(draft.destination(), headers);
		try {
			run(draft, headers, payload, departure);
		}
		catch (PublishException ex) {
			sent.add(CompletableFuture.failedFuture(ex));
		}
		finally {
			observed.leave();
		}
		// A filter may stop a message, or let it through several times.
		CompletableFuture<@Nullable Void> all = (sent.size() == 1) ? sent.get(0)
				: CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
		all.whenComplete((result, failure) -> {
			this.events.published(draft.destination(), startedAt, failure);
			observed.end(failure);
		});
		return all;
	}

	void publishAll(MessageDraft draft, Collection<?> payloads) {
		long startedAt = System.nanoTime();
		List<PublishObserver.Observed> observed = new ArrayList<>(payloads.size());
		PublishException failure = null;
		try {
			List<OutboundMessage> messages = new ArrayList<>(payloads.size());
			for (Object payload : payloads) {
				Map<String, Object> headers = draft.headers();
				PublishObserver.Observed one = this.events.begin(draft.destination(), headers);
				observed.add(one);
				try {
					run(draft, headers, payload, (connection, message) -> messages.add(message));
				}
				finally {
					one.leave();
				}
			}
			if (!messages.isEmpty()) {
				this.connections.to(draft.destination().broker()).sendAll(messages);
			}
		}
		catch (PublishException ex) {
			failure = ex;
			throw ex;
		}
		finally {
			for (int i = 0; i < payloads.size(); i++) {
				this.events.published(draft.destination(), startedAt, failure);
			}
			for (PublishObserver.Observed one : observed) {
				one.end(failure);
			}
		}
	}

	private void run(MessageDraft draft, Map<String, Object> headers, Object payload, Departure departure) {
		NamedDestination destination = draft.destination();
		Departure outer = this.departure.get();
		this.departure.set(departure);
		try {
			chain(destination).proceed(this.writer.write(destination, draft.contentType(), headers, payload));
		}
		catch (PublishException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new PublishException(destination.name(),
					"A message to " + destination + " was not published: " + ex.getMessage(), ex);
		}
		finally {
			// A filter may publish something of its own meanwhile.
			this.departure.set(outer);
		}
	}

	private FilterChain chain(NamedDestination destination) {
		FilterChain chain = this.chains.get(destination.name());
		return (chain != null) ? chain : this.chains.computeIfAbsent(destination.name(),
				(name) -> this.filters.chain(Routing.outbound(destination), (message) -> send(destination, message)));
	}

	private void send(NamedDestination destination, Message<?> message) {
		Broker broker = destination.broker();
		OutboundMessage outbound = new OutboundMessage(destination, message, this.delays);
		Departure asked = this.departure.get();
		Departure departure = (asked != null) ? asked : Departure.NOW;
		if (departure.apart()) {
			departure.leave(this.connections.to(broker), outbound);
			return;
		}
		if (this.outbox.take(destination, message)) {
			return;
		}
		PublisherConnection connection = this.connections.to(broker);
		ConsumerTransaction transaction = ConsumerTransaction.current(broker);
		if (transaction != null) {
			outbound.checkTransactional();
			connection.prepare(destination);
			transaction.add(outbound);
		}
		else {
			departure.leave(connection, outbound);
		}
	}

	/**
	 * Sends a message that was taken by an {@link Outbox} before, and waits for the
	 * broker's word. Its filters are behind it.
	 * @param destination where to
	 * @param message the message
	 * @throws PublishException if the broker does not have the message, or nobody knows
	 */
	public void relay(NamedDestination destination, Message<?> message) {
		this.connections.to(destination.broker()).send(new OutboundMessage(destination, message, this.delays));
	}

	@Override
	public void close() {
		this.connections.close();
	}

}
