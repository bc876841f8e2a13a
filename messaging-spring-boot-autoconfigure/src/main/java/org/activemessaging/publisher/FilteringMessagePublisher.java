package org.activemessaging.publisher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.activemessaging.MessagePublisher;
import org.activemessaging.PublishException;
import org.activemessaging.broker.Address;
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

	private static final Departure NOW = PublisherConnection::send;

	private final ThreadLocal<@Nullable Departure> departure = new ThreadLocal<>();

	private final Map<String, FilterChain> chains = new ConcurrentHashMap<>();

	private final Map<String, PublisherConnection> connections = new ConcurrentHashMap<>();

	private final NamedDestinations destinations;

	private final MessageFilters filters;

	private final MessageWriter writer;

	private final Function<NamedDestination, List<Address>> groupQueues;

	private final List<PublishListener> listeners;

	private final Outbox outbox;

	private final ToIntFunction<Broker> maxInFlight;

	private final Delays delays;

	private final PublishObserver observer;

	/**
	 * Creates a publisher.
	 * @param destinations where messages may go
	 * @param filters the filters around every message
	 * @param writer what writes messages
	 * @param groupQueues the queues that must exist before a destination is published to
	 * @param listeners who is told what becomes of publications
	 * @param outbox what takes messages that must not leave yet
	 * @param maxInFlight how many messages may be on their way to a broker without
	 * anybody waiting for them
	 * @param delays how messages are held back
	 * @param observer what accompanies each message
	 */
	public FilteringMessagePublisher(NamedDestinations destinations, MessageFilters filters, MessageWriter writer,
			Function<NamedDestination, List<Address>> groupQueues, List<PublishListener> listeners, Outbox outbox,
			ToIntFunction<Broker> maxInFlight, Delays delays, PublishObserver observer) {
		this.destinations = destinations;
		this.filters = filters;
		this.writer = writer;
		this.groupQueues = groupQueues;
		this.listeners = List.copyOf(listeners);
		this.outbox = outbox;
		this.maxInFlight = maxInFlight;
		this.delays = delays;
		this.observer = observer;
	}

	@Override
	public Publication to(String destination) {
		Assert.notNull(destination, "'destination' must not be null");
		return new DefaultPublication(this, this.destinations.get(destination).forPublishing(null));
	}

	void publish(NamedDestination destination, String contentType, Map<String, Object> callHeaders, Object payload) {
		long startedAt = System.nanoTime();
		Map<String, Object> headers = headers(destination, callHeaders);
		PublishObserver.Observed observed = this.observer.begin(destination, headers);
		PublishException failure = null;
		try {
			run(destination, contentType, headers, payload, NOW);
		}
		catch (PublishException ex) {
			failure = ex;
			throw ex;
		}
		finally {
			published(destination, startedAt, failure);
			observed.leave();
			observed.end(failure);
		}
	}

	CompletableFuture<@Nullable Void> publishAsync(NamedDestination destination, String contentType,
			Map<String, Object> headers, Object payload) {
		List<CompletableFuture<@Nullable Void>> sent = new ArrayList<>(1);
		return completing(destination, contentType, headers, payload,
				(connection, message) -> sent.add(connection.sendAsync(message)), sent);
	}

	/**
	 * Publishes a request: at once and in no transaction, as the reply may be waited for
	 * while that is open.
	 * @param destination where to
	 * @param contentType how the payload is written
	 * @param headers the headers, with those that say how it is sent
	 * @param payload the payload
	 * @param later whether to return before the broker has the request
	 * @return completes when the broker has the request
	 */
	public CompletableFuture<@Nullable Void> request(NamedDestination destination, String contentType,
			Map<String, Object> headers, Object payload, boolean later) {
		List<CompletableFuture<@Nullable Void>> sent = new ArrayList<>(1);
		Departure departure = later ? (connection, message) -> sent.add(connection.sendAsync(message)) : NOW;
		return completing(destination, contentType, headers, payload, new Request(departure), sent);
	}

	private CompletableFuture<@Nullable Void> completing(NamedDestination destination, String contentType,
			Map<String, Object> callHeaders, Object payload, Departure departure,
			List<CompletableFuture<@Nullable Void>> sent) {
		long startedAt = System.nanoTime();
		Map<String, Object> headers = headers(destination, callHeaders);
		PublishObserver.Observed observed = this.observer.begin(destination, headers);
		try {
			run(destination, contentType, headers, payload, departure);
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
			published(destination, startedAt, failure);
			observed.end(failure);
		});
		return all;
	}

	void publishAll(NamedDestination destination, String contentType, Map<String, Object> callHeaders,
			Collection<?> payloads) {
		long startedAt = System.nanoTime();
		List<PublishObserver.Observed> observed = new ArrayList<>(payloads.size());
		PublishException failure = null;
		try {
			List<OutboundMessage> messages = new ArrayList<>(payloads.size());
			for (Object payload : payloads) {
				Map<String, Object> headers = headers(destination, callHeaders);
				PublishObserver.Observed one = this.observer.begin(destination, headers);
				observed.add(one);
				try {
					run(destination, contentType, headers, payload, (connection, message) -> messages.add(message));
				}
				finally {
					one.leave();
				}
			}
			if (!messages.isEmpty()) {
				connection(destination.broker()).sendAll(messages);
			}
		}
		catch (PublishException ex) {
			failure = ex;
			throw ex;
		}
		finally {
			for (int i = 0; i < payloads.size(); i++) {
				published(destination, startedAt, failure);
			}
			for (PublishObserver.Observed one : observed) {
				one.end(failure);
			}
		}
	}

	private static Map<String, Object> headers(NamedDestination destination, Map<String, Object> callHeaders) {
		Map<String, Object> headers = new HashMap<>(destination.headers());
		headers.putAll(callHeaders);
		return headers;
	}

	private void run(NamedDestination destination, String contentType, Map<String, Object> headers, Object payload,
			Departure departure) {
		Departure outer = this.departure.get();
		this.departure.set(departure);
		try {
			chain(destination).proceed(this.writer.write(destination, contentType, headers, payload));
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

	private void published(NamedDestination destination, long startedAt, @Nullable Throwable failure) {
		for (PublishListener listener : this.listeners) {
			listener.published(destination, System.nanoTime() - startedAt, failure);
		}
	}

	private FilterChain chain(NamedDestination destination) {
		FilterChain chain = this.chains.get(destination.name());
		return (chain != null) ? chain : this.chains.computeIfAbsent(destination.name(),
				(name) -> this.filters.chain(Routing.outbound(destination), (message) -> send(destination, message)));
	}

	private void send(NamedDestination destination, Message<?> message) {
		OutboundMessage outbound = new OutboundMessage(destination, message, this.delays);
		if (this.departure.get() instanceof Request request) {
			request.leave(connection(destination.broker()), outbound);
			return;
		}
		if (this.outbox.take(destination, message)) {
			return;
		}
		Broker broker = destination.broker();
		PublisherConnection connection = connection(broker);
		ConsumerTransaction transaction = ConsumerTransaction.current(broker);
		if (transaction != null) {
			outbound.checkTransactional();
			connection.prepare(destination);
			transaction.add(outbound);
		}
		else {
			Departure departure = this.departure.get();
			(departure != null ? departure : NOW).leave(connection, outbound);
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
		connection(destination.broker()).send(new OutboundMessage(destination, message, this.delays));
	}

	private PublisherConnection connection(Broker broker) {
		PublisherConnection connection = this.connections.get(broker.name());
		return (connection != null) ? connection
				: this.connections.computeIfAbsent(broker.name(),
						(name) -> new PublisherConnection(broker, this.groupQueues, this.maxInFlight.applyAsInt(broker),
								(count) -> sentTogether(broker, count), this::sentAgain));
	}

	private void sentTogether(Broker broker, int count) {
		for (PublishListener listener : this.listeners) {
			listener.sentTogether(broker, count);
		}
	}

	private void sentAgain(OutboundMessage message) {
		for (PublishListener listener : this.listeners) {
			listener.sentAgain(message.destination(), message.id());
		}
	}

	@Override
	public void close() {
		this.connections.values().forEach(PublisherConnection::close);
	}

	/**
	 * How a message goes on when it has passed the filters and leaves now.
	 */
	@FunctionalInterface
	private interface Departure {

		void leave(PublisherConnection connection, OutboundMessage message);

	}

	/**
	 * How a message goes on that joins no transaction.
	 */
	private record Request(Departure departure) implements Departure {

		@Override
		public void leave(PublisherConnection connection, OutboundMessage message) {
			this.departure.leave(connection, message);
		}

	}

}
