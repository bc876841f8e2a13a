package org.activemessaging.broker.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.broker.VirtualTopicNames;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of a broker are: its queues, and what each listener of a topic has
 * not seen yet. Guarded by the lock of the broker.
 */
final class MemoryPlaces {

	private final Map<String, MemoryQueue> queues = new TreeMap<>();

	private final List<MemoryQueue> subscriptions = new ArrayList<>();

	private final Map<DurableSubscription, MemoryQueue> durable = new HashMap<>();

	@Nullable MemoryQueue existing(String queue) {
		return this.queues.get(queue);
	}

	MemoryQueue queue(String queue) {
		return this.queues.computeIfAbsent(queue, MemoryQueue::new);
	}

	MemoryQueue open(String name) {
		MemoryQueue queue = queue(name);
		queue.opened();
		return queue;
	}

	MemoryQueue subscribe(String topic) {
		MemoryQueue queue = new MemoryQueue(topic);
		queue.opened();
		this.subscriptions.add(queue);
		return queue;
	}

	// With another topic or another selector, it is another subscription.
	MemoryQueue subscribe(String topic, DurableSubscription subscription, Selector selector) {
		MemoryQueue queue = this.durable.compute(subscription, (name,
				known) -> (known != null && known.keeps(topic, selector)) ? known : new MemoryQueue(topic, selector));
		queue.opened();
		return queue;
	}

	void close(MemoryQueue queue) {
		queue.closed();
		this.subscriptions.removeIf((subscription) -> subscription == queue);
	}

	/**
	 * Returns the queues, sorted by name, and then what is for listeners of topics.
	 */
	List<MemoryQueue> all() {
		return Stream.concat(this.queues.values().stream(), subscriptions()).toList();
	}

	/**
	 * Returns where a message goes that is sent to an address: to one queue, or to the
	 * queue of each group of a virtual topic, and to each listener of a topic.
	 */
	List<MemoryQueue> of(Address address) {
		if (!address.topic()) {
			return List.of(queue(address.name()));
		}
		String virtualTopic = VirtualTopicNames.recognise(address.name());
		Stream<MemoryQueue> groups = (virtualTopic == null) ? Stream.empty()
				: this.queues.values()
					.stream()
					.filter((queue) -> isMeant(VirtualTopicNames.recogniseGroupQueue(queue.name()), virtualTopic));
		return Stream.concat(groups, subscriptions().filter((queue) -> isMeant(queue.name(), address.name()))).toList();
	}

	private Stream<MemoryQueue> subscriptions() {
		return Stream.concat(this.subscriptions.stream(), this.durable.values().stream());
	}

	private static boolean isMeant(@Nullable String subscribed, String name) {
		return subscribed != null && (subscribed.equals(name)
				|| NamePattern.isPattern(subscribed) && NamePattern.of(subscribed).matches(name));
	}

	/**
	 * Returns the queues that a consumer of a queue takes messages from: of a pattern,
	 * all that match. The queue of a group has the pattern in its topic, and is one.
	 */
	List<MemoryQueue> consumed(String name) {
		MemoryQueue own = this.queues.get(name);
		if (!NamePattern.isPattern(name) || VirtualTopicNames.topicOf(name) != null) {
			return (own != null) ? List.of(own) : List.of();
		}
		NamePattern pattern = NamePattern.of(name);
		return this.queues.values().stream().filter((queue) -> queue == own || pattern.matches(queue.name())).toList();
	}

}
