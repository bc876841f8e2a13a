package org.activemessaging.broker.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import jakarta.jms.JMSException;
import org.apache.activemq.command.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

/**
 * A queue, or what one consumer of a topic has not seen yet. Guarded by the lock of its
 * broker.
 */
final class MemoryQueue {

	private static final Comparator<Stored> ORDER = Comparator.comparingInt(Stored::priority)
		.reversed()
		.thenComparingLong(Stored::sequence);

	private static final Comparator<Stored> DUE = Comparator.comparingLong(Stored::dueAt)
		.thenComparingLong(Stored::sequence);

	private final NavigableSet<Stored> ready = new TreeSet<>(ORDER);

	private final NavigableSet<Stored> delayed = new TreeSet<>(DUE);

	private final Set<Stored> inFlight = new HashSet<>();

	private final Map<String, Holding> groups = new HashMap<>();

	private final String name;

	private final Selector filter;

	private long sequence;

	private int consumers;

	MemoryQueue(String name) {
		this(name, Selector.ALL);
	}

	/**
	 * Creates a queue for what is to be kept of a topic.
	 * @param name the name of the topic
	 * @param filter the condition on what is kept
	 */
	MemoryQueue(String name, Selector filter) {
		this.name = name;
		this.filter = filter;
	}

	boolean keeps(String topic, Selector selector) {
		return this.name.equals(topic) && Objects.equals(this.filter.text(), selector.text());
	}

	String name() {
		return this.name;
	}

	void add(ActiveMQMessage message, long now, long dueAt) {
		if (!this.filter.accepts(message)) {
			return;
		}
		Stored stored = new Stored(this, message, ++this.sequence, now, dueAt);
		((dueAt > now) ? this.delayed : this.ready).add(stored);
	}

	/**
	 * Takes the first message that a session may have.
	 * @param session the session
	 * @param selector what it chooses
	 * @param now the time
	 * @return the message, which counts as delivered, or {@code null} if there is none
	 */
	@Nullable Stored take(MemorySession session, Selector selector, long now) throws JMSException {
		release(now);
		Iterator<Stored> messages = this.ready.iterator();
		while (messages.hasNext()) {
			Stored message = messages.next();
			if (message.isExpired(now)) {
				messages.remove();
			}
			else if (isFree(message.group(), session) && selector.matches(message.message())) {
				messages.remove();
				this.inFlight.add(message);
				message.delivered();
				hold(message.group(), session);
				return message;
			}
		}
		return null;
	}

	private void release(long now) {
		while (!this.delayed.isEmpty() && this.delayed.first().dueAt() <= now) {
			Stored message = this.delayed.pollFirst();
			message.sequence(++this.sequence);
			this.ready.add(message);
		}
	}

	// As long as one message of a group is with a session, all that follow wait for that
	// session: it may be given back.
	private boolean isFree(@Nullable String group, MemorySession session) {
		Holding holding = (group != null) ? this.groups.get(group) : null;
		return holding == null || holding.session() == session;
	}

	private void hold(@Nullable String group, MemorySession session) {
		if (group != null) {
			this.groups.merge(group, new Holding(session, 1), (held, one) -> held.plus(1));
		}
	}

	private void letGo(@Nullable String group) {
		if (group != null) {
			this.groups.computeIfPresent(group, (name, held) -> (held.messages() > 1) ? held.plus(-1) : null);
		}
	}

	void giveBack(Stored message) {
		if (this.inFlight.remove(message)) {
			letGo(message.group());
			this.ready.add(message);
		}
	}

	void done(Stored message) {
		if (this.inFlight.remove(message)) {
			letGo(message.group());
		}
	}

	/**
	 * Returns when the next message that is held back is due.
	 * @return the time, or {@link Long#MAX_VALUE}
	 */
	long nextDueAt() {
		return this.delayed.isEmpty() ? Long.MAX_VALUE : this.delayed.first().dueAt();
	}

	void opened() {
		this.consumers++;
	}

	void closed() {
		this.consumers--;
	}

	/**
	 * Returns copies of the messages that a consumer could have now, in their order.
	 */
	List<ActiveMQMessage> browse(Selector selector, long now) throws JMSException {
		release(now);
		List<ActiveMQMessage> messages = new ArrayList<>();
		for (Stored message : this.ready) {
			if (!message.isExpired(now) && selector.matches(message.message())) {
				messages.add(message.copy());
			}
		}
		return messages;
	}

	/**
	 * Removes all messages but those that consumers have.
	 * @return how many
	 */
	int purge(long now) {
		int before = state(now).waiting();
		this.ready.clear();
		this.delayed.clear();
		return before;
	}

	MemoryQueueState state(long now) {
		release(now);
		this.ready.removeIf((message) -> message.isExpired(now));
		long oldest = Stream.of(this.ready, this.delayed, this.inFlight)
			.flatMap(Set::stream)
			.mapToLong(Stored::storedAt)
			.min()
			.orElse(now);
		return new MemoryQueueState(this.name, this.ready.size(), this.delayed.size(), this.inFlight.size(),
				this.consumers, now - oldest, (nextDueAt() == Long.MAX_VALUE) ? Long.MAX_VALUE : nextDueAt() - now);
	}

	/**
	 * Who has messages of a group.
	 *
	 * @param session the session
	 * @param messages how many it has
	 */
	private record Holding(MemorySession session, int messages) {

		Holding plus(int change) {
			return new Holding(this.session, this.messages + change);
		}

	}

}
