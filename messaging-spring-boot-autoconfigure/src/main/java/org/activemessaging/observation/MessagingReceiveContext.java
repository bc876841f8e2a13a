package org.activemessaging.observation;

import java.util.List;

import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.ObservedMessage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message that is received.
 *
 * @since 0.1.0
 */
public final class MessagingReceiveContext extends MessagingConsumerContext {

	private final NamedDestination destination;

	private final @Nullable String group;

	private final boolean handled;

	MessagingReceiveContext(NamedDestination destination, @Nullable String group, ObservedMessage message,
			boolean handled) {
		super(List.of(message));
		this.destination = destination;
		this.group = group;
		this.handled = handled;
	}

	/**
	 * Returns where the message came from.
	 * @return the destination
	 */
	public NamedDestination destination() {
		return this.destination;
	}

	/**
	 * Returns who consumes.
	 * @return the consumer group, or {@code null} if the destination has none
	 */
	public @Nullable String group() {
		return this.group;
	}

	/**
	 * Tells whether all that is done with the message is done in a handler: then its
	 * trace goes on. Else it is a link, as who gets the message goes on in a trace of his
	 * own.
	 * @return whether there is a handler
	 */
	public boolean handled() {
		return this.handled;
	}

}
