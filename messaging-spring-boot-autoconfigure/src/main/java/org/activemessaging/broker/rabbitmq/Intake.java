package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

import com.rabbitmq.client.Channel;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * The channel on which a session receives, and what is not acknowledged on it.
 */
final class Intake {

	// What the broker has handed over and not heard of again, by delivery tag.
	private final NavigableSet<Long> unsettled = new ConcurrentSkipListSet<>();

	private final Set<RabbitMqConsumer> consumers = ConcurrentHashMap.newKeySet();

	private final RabbitMqConnection connection;

	private volatile @Nullable Channel channel;

	Intake(RabbitMqConnection connection) {
		this.connection = connection;
	}

	Channel channel() throws JMSException {
		Channel current = this.channel;
		if (current == null) {
			current = this.connection.createChannel();
			this.channel = current;
		}
		return current;
	}

	void add(RabbitMqConsumer consumer) {
		this.consumers.add(consumer);
	}

	void remove(RabbitMqConsumer consumer) {
		this.consumers.remove(consumer);
	}

	void received(long tag) {
		this.unsettled.add(tag);
	}

	boolean isUnsettled(long tag) {
		return this.unsettled.contains(tag);
	}

	/**
	 * Acknowledges messages, by as few words as possible.
	 */
	void acknowledge(Collection<Long> tags) throws JMSException {
		settle(tags, (channel, tag, multiple) -> channel.basicAck(tag, multiple));
	}

	/**
	 * Has messages delivered again, and before those that the broker had handed ahead.
	 */
	void giveBack(Collection<Long> tags) throws JMSException {
		if (tags.isEmpty()) {
			return;
		}
		if (this.consumers.stream().noneMatch(RabbitMqConsumer::isHandedAhead)) {
			requeue(tags);
			return;
		}
		try {
			// Whatever arrives before the answer was handed over before, and is in the
			// queue again.
			channel().basicRecover(true);
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("Not given back", ex);
		}
	}

	void requeue(Collection<Long> tags) throws JMSException {
		settle(tags, (channel, tag, multiple) -> channel.basicNack(tag, multiple, true));
	}

	/**
	 * Called by the reading thread, in the order of what it reads.
	 */
	void recovered() {
		this.unsettled.clear();
		this.consumers.forEach(RabbitMqConsumer::forget);
	}

	private void settle(Collection<Long> tags, Settlement settlement) throws JMSException {
		if (tags.isEmpty()) {
			return;
		}
		try {
			Channel current = channel();
			long last = tags.stream().mapToLong(Long::longValue).max().getAsLong();
			if (this.unsettled.headSet(last, true).size() == tags.size() && this.unsettled.containsAll(tags)) {
				settlement.of(current, last, true);
			}
			else {
				for (long tag : tags) {
					if (this.unsettled.contains(tag)) {
						settlement.of(current, tag, false);
					}
				}
			}
			this.unsettled.removeAll(tags);
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("Not acknowledged", ex);
		}
	}

	Collection<Long> unsettled() {
		return this.unsettled;
	}

	void close() {
		Channel current = this.channel;
		if (current != null) {
			try {
				// The broker puts back what is not acknowledged.
				current.abort();
			}
			catch (IOException | RuntimeException ex) {
				// Gone already.
			}
		}
	}

	/**
	 * Tells the broker about a message, or about it and all before it.
	 */
	@FunctionalInterface
	private interface Settlement {

		void of(Channel channel, long tag, boolean multiple) throws IOException;

	}

}
