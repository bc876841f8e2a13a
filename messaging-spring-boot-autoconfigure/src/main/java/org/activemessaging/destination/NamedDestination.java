package org.activemessaging.destination;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.NamePattern;
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
	 * @return the address of the dead-letter queue: one for all places that a wildcard
	 * stands for, named after the destination
	 */
	public Address deadLetterAddress(Address source) {
		if (this.deadLetterQueue != null) {
			return Address.queue(this.deadLetterQueue);
		}
		if (!hasWildcard()) {
			return Address.queue("DLQ." + source.name());
		}
		String place = source.name();
		// What stands before the pattern names the group of a virtual topic.
		String before = place.endsWith(this.physicalName)
				? place.substring(0, place.length() - this.physicalName.length()) : "";
		return Address.queue("DLQ." + before + this.name);
	}

	/**
	 * Tells whether this destination stands for all places whose names match a pattern.
	 * From such a destination messages can only be received.
	 * @return whether its physical name has a wildcard
	 */
	public boolean hasWildcard() {
		return NamePattern.isPattern(this.physicalName);
	}

	/**
	 * Returns the pattern of the places that this destination stands for.
	 * @return the pattern, or {@code null} if it stands for one place
	 * @throws IllegalArgumentException if the physical name is a malformed pattern
	 */
	public @Nullable NamePattern pattern() {
		return hasWildcard() ? NamePattern.of(this.physicalName) : null;
	}

	/**
	 * Tells whether messages to another destination are also for this one, because of a
	 * wildcard.
	 * @param other the other destination
	 * @return whether it is of the same type, on the same broker, and matches
	 */
	public boolean standsFor(NamedDestination other) {
		NamePattern pattern = pattern();
		return pattern != null && this.broker == other.broker && this.type == other.type
				&& pattern.matches(other.physicalName());
	}

	/**
	 * Returns the queue that a moved message goes back to.
	 * @param group the consumer group, of importance to virtual topics only
	 * @param noted the physical name of the queue that the message says it came from,
	 * which anybody may have written
	 * @return the address, or {@code null} if a destination with a wildcard does not
	 * stand for what the message says
	 */
	public @Nullable Address returnAddress(@Nullable String group, @Nullable String noted) {
		NamePattern pattern = pattern();
		if (pattern == null || this.type == DestinationType.VIRTUAL_TOPIC && group != null
				|| this.type == DestinationType.QUEUE && this.physicalName.equals(noted)) {
			return subscribeAddress(group);
		}
		return (this.type == DestinationType.QUEUE && noted != null && pattern.matches(noted)) ? Address.queue(noted)
				: null;
	}

	/**
	 * Checks that messages can be published to this destination.
	 * @param where what wants to, for example the attribute of an annotation, or
	 * {@code null} if that is the caller
	 * @return this destination
	 * @throws MessagingConfigurationException if it has a wildcard
	 */
	public NamedDestination forPublishing(@Nullable String where) {
		if (hasWildcard()) {
			throw new MessagingConfigurationException(
					"The destination '" + this.name + "' stands for each " + this.type.label() + " that matches '"
							+ this.physicalName + "'. Its messages can be received, but nothing can be published to it"
							+ ((where != null) ? ", which " + where + " wants to." : "."),
					"Declare the " + this.type.label() + " that is meant under 'messaging.destination', and "
							+ ((where != null) ? "name that destination in " + where : "publish to that destination")
							+ ".");
		}
		return this;
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
