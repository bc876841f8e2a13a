package org.activemessaging.broker.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.DurableSubscription;
import org.apache.activemq.command.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

/**
 * A broker in this JVM: its queues, its topics, and its time, which a test may put
 * forward. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class MemoryBroker {

	private static final Map<String, MemoryBroker> brokers = new ConcurrentHashMap<>();

	// The longest sleep of who waits for a message; only a bound, as all are woken up.
	private static final long LONGEST_WAIT = TimeUnit.MINUTES.toMillis(1);

	private final MemoryClock clock = new MemoryClock();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final MemoryPlaces places = new MemoryPlaces();

	private final Set<String> clientIds = ConcurrentHashMap.newKeySet();

	private final List<SendListener> listeners = new CopyOnWriteArrayList<>();

	private final String name;

	private long messages;

	private long changes;

	private MemoryBroker(String name) {
		this.name = name;
	}

	/**
	 * Returns the broker of a name; there is one in the JVM from when it is first asked
	 * for.
	 * @param name the name, which stands behind {@code memory://} in a URL
	 * @return the broker
	 */
	public static MemoryBroker named(String name) {
		return brokers.computeIfAbsent(name, MemoryBroker::new);
	}

	/**
	 * Returns what is behind a broker of the application.
	 * @param broker the broker
	 * @return the broker in this JVM, or {@code null} if it is of another kind
	 */
	public static @Nullable MemoryBroker of(Broker broker) {
		return MemoryAdapter.NAME.equals(broker.adapter().name()) ? named(MemoryNames.broker(broker.profile())) : null;
	}

	/**
	 * Forgets a broker. Who is connected to it keeps it; who asks for its name from now
	 * on gets an empty one.
	 * @param name the name
	 */
	public static void discard(String name) {
		brokers.remove(name);
	}

	/**
	 * Returns the time of this broker, by which messages are held back and expire.
	 * @return a clock that shows the time of the system until it is put forward
	 */
	public Clock clock() {
		return this.clock;
	}

	/**
	 * Puts the time of this broker forward. What is due by then can be received at once.
	 * @param duration how far
	 * @throws IllegalArgumentException if it is negative
	 */
	public void advance(Duration duration) {
		this.clock.advance(duration);
		locked(this.changed::signalAll);
	}

	/**
	 * Returns all queues as they are at one and the same moment, and what listeners of
	 * topics have not seen yet.
	 * @return the queues, sorted by name, then the topics, once for each listener
	 */
	public List<MemoryQueueState> queues() {
		return underLock(() -> {
			long now = this.clock.millis();
			return this.places.all().stream().map((queue) -> queue.state(now)).toList();
		});
	}

	/**
	 * Returns a number that grows with whatever is sent, done or given back.
	 * @return the number
	 */
	public long changes() {
		return underLock(() -> this.changes);
	}

	/**
	 * Has somebody told of all that is sent from now on.
	 * @param listener who is told
	 */
	public void addSendListener(SendListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Removes all messages but those that consumers have.
	 */
	public void clear() {
		locked(() -> this.places.all().forEach((queue) -> queue.purge(this.clock.millis())));
	}

	MemoryQueueState state(String queue) {
		return underLock(() -> {
			MemoryQueueState none = new MemoryQueueState(queue, 0, 0, 0, 0, 0, Long.MAX_VALUE);
			return this.places.consumed(queue)
				.stream()
				.map((each) -> each.state(this.clock.millis()))
				.reduce(none, MemoryQueueState::plus);
		});
	}

	void prepare(String queue) {
		locked(() -> this.places.queue(queue));
	}

	int purge(String queue) {
		return underLock(() -> {
			MemoryQueue existing = this.places.existing(queue);
			return (existing != null) ? existing.purge(this.clock.millis()) : 0;
		});
	}

	List<ActiveMQMessage> browse(String queue, Selector selector) throws JMSException {
		this.lock.lock();
		try {
			MemoryQueue existing = this.places.existing(queue);
			return (existing != null) ? existing.browse(selector, this.clock.millis()) : List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	MemoryQueue open(String queue) {
		return underLock(() -> this.places.open(queue));
	}

	MemoryQueue subscribe(String topic) {
		return underLock(() -> this.places.subscribe(topic));
	}

	MemoryQueue subscribe(String topic, DurableSubscription subscription, Selector selector) {
		return underLock(() -> this.places.subscribe(topic, subscription, selector));
	}

	boolean takeClientId(String clientId) {
		return this.clientIds.add(clientId);
	}

	void giveBackClientId(String clientId) {
		this.clientIds.remove(clientId);
	}

	void close(MemoryQueue queue) {
		locked(() -> {
			this.places.close(queue);
			this.changed.signalAll();
		});
	}

	String nextMessageId() {
		return underLock(() -> "ID:memory-" + this.name + "-" + ++this.messages);
	}

	/**
	 * Ends a transaction: all of it takes effect at one moment.
	 * @param sends what is sent
	 * @param received what was received, and is done
	 */
	void commit(List<Send> sends, List<Stored> received) {
		locked(() -> {
			long now = this.clock.millis();
			this.changes++;
			sends.forEach((send) -> send(send, now));
			received.forEach((message) -> message.queue().done(message));
			this.changed.signalAll();
		});
	}

	private void send(Send send, long now) {
		ActiveMQMessage message = send.message();
		Address address = new Address(message.getDestination().getPhysicalName(), message.getDestination().isTopic());
		this.listeners.forEach((listener) -> listener.sent(address, (Message) message.copy(), send.moved()));
		this.places.of(address).forEach((queue) -> queue.add(message, now, now + send.delay()));
	}

	void giveBack(List<Stored> received) {
		locked(() -> {
			this.changes++;
			received.forEach((message) -> message.queue().giveBack(message));
			this.changed.signalAll();
		});
	}

	/**
	 * Takes the next message for a consumer, and waits for it.
	 * @param consumer the consumer
	 * @param timeoutMillis how long to wait, {@link Long#MAX_VALUE} for ever
	 * @return the message, or {@code null} if the time is over, the consumer is closed,
	 * or the thread is interrupted
	 */
	@Nullable Stored take(MemoryConsumer consumer, long timeoutMillis) throws JMSException {
		long begin = System.nanoTime();
		this.lock.lock();
		try {
			while (!consumer.isClosed()) {
				long now = this.clock.millis();
				List<MemoryQueue> queues = consumed(consumer);
				Stored message = consumer.take(queues, now);
				long left = (timeoutMillis == Long.MAX_VALUE) ? timeoutMillis
						: timeoutMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
				if (message != null || left <= 0) {
					return message;
				}
				long nextDueAt = queues.stream().mapToLong(MemoryQueue::nextDueAt).min().orElse(Long.MAX_VALUE);
				long due = Math.max(1, nextDueAt - now);
				this.changed.await(Math.min(LONGEST_WAIT, Math.min(left, due)), TimeUnit.MILLISECONDS);
			}
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Queues that match a pattern may come while its consumer waits.
	private List<MemoryQueue> consumed(MemoryConsumer consumer) {
		return consumer.isOfPattern() ? this.places.consumed(consumer.queue().name()) : List.of(consumer.queue());
	}

	/**
	 * Changes something that those who wait for messages have to see at once.
	 */
	void change(Runnable change) {
		locked(() -> {
			change.run();
			this.changed.signalAll();
		});
	}

	private <T> T underLock(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void locked(Runnable action) {
		this.lock.lock();
		try {
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		return "memory://" + this.name;
	}

	/**
	 * Is told what is sent, when its transaction commits and before anybody receives it.
	 * Must be quick, and must not use the broker.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface SendListener {

		/**
		 * A message was sent.
		 * @param address where to
		 * @param message a copy of the message
		 * @param moved whether it was received before and is sent on: to a delay queue,
		 * back from there, or to the dead letters
		 */
		void sent(Address address, Message message, boolean moved);

	}

	/**
	 * A message to send.
	 *
	 * @param message the message, complete, which nobody changes any more
	 * @param delay how long it is held back, in milliseconds
	 * @param moved whether it is a message that was received before
	 */
	record Send(ActiveMQMessage message, long delay, boolean moved) {
	}

}
