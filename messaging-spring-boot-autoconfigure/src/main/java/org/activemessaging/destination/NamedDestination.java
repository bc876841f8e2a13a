package org.activemessaging.destination;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.jspecify.annotations.Nullable;

/**
 * A logical name that an application uses, and what it stands for.
 *
 * @param name the logical name
 * @param type how it hands out its messages
 * @param physicalName the name of the queue, the topic or the virtual topic
 * @param broker the broker it is on
 * @param groups the groups of a virtual topic that are known beforehand
 * @param headers headers of every message published to it
 * @param contentType how payloads that are neither text nor bytes are written
 * @param deadLetterQueue the physical name of its dead-letter queue, or {@code null} for
 * the default one
 * @since 0.1.0
 */
public record NamedDestination(String name, DestinationType type, String physicalName, Broker broker,
		List<String> groups, Map<String, Object> headers, String contentType, @Nullable String deadLetterQueue) {

	// A dot would break the pattern 'Consumer.*.' by which brokers find the queues of
	// groups.
	private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]+");

	/**
	 * Copies groups and headers.
	 * @param name the logical name
	 * @param type how it hands out its messages
	 * @param physicalName the name of the queue, the topic or the virtual topic
	 * @param broker the broker it is on
	 * @param groups the groups of a virtual topic that are known beforehand
	 * @param headers headers of every message published to it
	 * @param contentType how payloads that are neither text nor bytes are written
	 * @param deadLetterQueue the physical name of its dead-letter queue, or {@code null}
	 * for the default one
	 */
	public NamedDestination {
		groups = List.copyOf(groups);
		headers = Map.copyOf(headers);
	}

	/**
	 * Tells whether a text can name a group.
	 * @param group the text
	 * @return whether it consists of letters, digits, '-' and '_'
	 */
	public static boolean isGroupName(String group) {
		return GROUP.matcher(group).matches();
	}

	/**
	 * Returns where its messages are published.
	 * @return the address
	 */
	public Address publishAddress() {
		return switch (this.type) {
			case QUEUE -> Address.queue(this.physicalName);
			case TOPIC -> Address.topic(this.physicalName);
			case VIRTUAL_TOPIC -> this.broker.adapter().virtualTopic(this.physicalName);
		};
	}

	/**
	 * Returns where its messages are consumed.
	 * @param group the consumer group, of importance to virtual topics only
	 * @return the address
	 */
	public Address subscribeAddress(@Nullable String group) {
		if (this.type != DestinationType.VIRTUAL_TOPIC) {
			return publishAddress();
		}
		if (group == null) {
			throw new IllegalArgumentException("A subscription to virtual topic '" + this.name + "' needs a group");
		}
		return this.broker.adapter().groupQueue(this.physicalName, group);
	}

	/**
	 * Returns the queue of given-up messages.
	 * @param source the address that the messages were consumed from
	 * @return the address of the dead-letter queue
	 */
	public Address deadLetterAddress(Address source) {
		return Address.queue((this.deadLetterQueue != null) ? this.deadLetterQueue : "DLQ." + source.name());
	}

	/**
	 * Tells whether messages to another destination go to the same place.
	 * @param other the other destination, perhaps a second name for this one
	 * @return whether they have the same address on the same broker
	 */
	public boolean isPublishedWhere(NamedDestination other) {
		return this.broker == other.broker && publishAddress().equals(other.publishAddress());
	}

	@Override
	public String toString() {
		return "destination '" + this.name + "'";
	}

}
