package org.activemessaging.request;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.activemessaging.MessageRequester;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.payload.PayloadConverter;
import org.activemessaging.publisher.FilteringMessagePublisher;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;

/**
 * Publishes requests, and finds for each reply the request that it is for.
 *
 * @since 0.1.0
 */
public final class CorrelatingMessageRequester implements MessageRequester, AutoCloseable {

	private static final int READERS = 4;

	private final Map<String, ReplyQueue> queues = new ConcurrentHashMap<>();

	private final NamedDestinations destinations;

	private final FilteringMessagePublisher publisher;

	private final MessageFilters filters;

	private final PayloadConverter converter;

	private final Settings settings;

	private final List<ReplyListener> listeners;

	private final RequestObserver observer;

	private final ThreadPoolExecutor executor;

	private volatile boolean closed;

	/**
	 * Creates a requester.
	 * @param destinations where requests may go
	 * @param publisher what publishes them
	 * @param filters the filters around every message
	 * @param converter what reads replies
	 * @param settings where replies come to, and for how long they are waited for
	 * @param listeners who is told what becomes of requests
	 * @param observer what accompanies each request
	 */
	public CorrelatingMessageRequester(NamedDestinations destinations, FilteringMessagePublisher publisher,
			MessageFilters filters, PayloadConverter converter, Settings settings, List<ReplyListener> listeners,
			RequestObserver observer) {
		this.destinations = destinations;
		this.publisher = publisher;
		this.filters = filters;
		this.converter = converter;
		this.settings = settings;
		this.listeners = List.copyOf(listeners);
		this.observer = observer;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("messaging-replies-");
		factory.setDaemon(true);
		this.executor = new ThreadPoolExecutor(READERS, READERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				factory);
		this.executor.allowCoreThreadTimeOut(true);
	}

	@Override
	public Request to(String destination) {
		Assert.notNull(destination, "'destination' must not be null");
		return new DefaultRequest(this, this.destinations.get(destination).forPublishing(null));
	}

	ReplyQueue queue(Broker broker) {
		if (this.closed) {
			throw new IllegalStateException("The requester is closed");
		}
		return this.queues.computeIfAbsent(broker.name(), (name) -> new ReplyQueue(broker, this.settings.replyQueue(),
				this.settings.maxPayloadSize(), this.executor, this::late)
			.start());
	}

	FilteringMessagePublisher publisher() {
		return this.publisher;
	}

	MessageFilters filters() {
		return this.filters;
	}

	PayloadConverter converter() {
		return this.converter;
	}

	Duration timeout() {
		return this.settings.timeout();
	}

	Executor executor() {
		return this.executor;
	}

	RequestObserver observer() {
		return this.observer;
	}

	void timedOut(NamedDestination destination, long nanos) {
		this.listeners.forEach((listener) -> listener.timedOut(destination, nanos));
	}

	void ended(NamedDestination destination, long nanos, @Nullable Throwable failure) {
		this.listeners.forEach((listener) -> listener.ended(destination, nanos, failure));
	}

	private void late(Broker broker) {
		this.listeners.forEach((listener) -> listener.late(broker));
	}

	@Override
	public void close() {
		this.closed = true;
		this.queues.values().forEach(ReplyQueue::stop);
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
		try {
			for (ReplyQueue queue : this.queues.values()) {
				queue.awaitEnd(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.executor.shutdown();
	}

	/**
	 * Where replies come to, and for how long they are waited for.
	 *
	 * @param application the name of the application
	 * @param instance what tells this instance from the others
	 * @param timeout how long a reply is waited for
	 * @param maxPayloadSize the largest payload that is taken, in bytes or characters
	 */
	public record Settings(String application, String instance, Duration timeout, long maxPayloadSize) {

		/**
		 * Returns the queue to which replies come.
		 * @return its address, the same on every broker
		 */
		public Address replyQueue() {
			return Address.queue(JmsReplies.PREFIX + this.application + "." + this.instance);
		}

	}

}
