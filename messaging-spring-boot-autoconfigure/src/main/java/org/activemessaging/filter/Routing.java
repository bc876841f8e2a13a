package org.activemessaging.filter;

import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Where a message comes from or goes to. One instance serves all messages of a processor
 * or of a destination.
 *
 * @param direction the way the message takes
 * @param destination the destination
 * @param processor the id of the processor of an inbound message, if it has one
 * @param group the consumer group of an inbound message from a virtual topic
 * @since 0.1.0
 */
public record Routing(Direction direction, NamedDestination destination, @Nullable String processor,
		@Nullable String group) {

	/**
	 * Returns the routing of messages that leave.
	 * @param destination where they go
	 * @return the routing
	 */
	public static Routing outbound(NamedDestination destination) {
		return new Routing(Direction.OUTBOUND, destination, null, null);
	}

	/**
	 * Returns the routing of messages that are received one by one, without a processor.
	 * @param destination where they come from
	 * @param group the consumer group, for a virtual topic
	 * @return the routing
	 * @see org.activemessaging.MessageReceiver
	 */
	public static Routing received(NamedDestination destination, @Nullable String group) {
		return new Routing(Direction.INBOUND, destination, null, group);
	}

	/**
	 * Returns the routing of messages that come in.
	 * @param destination where they come from
	 * @param processor the id of the processor that handles them
	 * @param group the consumer group, for a virtual topic
	 * @return the routing
	 */
	public static Routing inbound(NamedDestination destination, String processor, @Nullable String group) {
		return new Routing(Direction.INBOUND, destination, processor, group);
	}

}
