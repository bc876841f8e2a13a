package org.activemessaging.publisher;

import org.activemessaging.destination.NamedDestination;

import org.springframework.messaging.Message;

/**
 * Takes messages that must not leave yet, as they are part of a transaction that has not
 * committed. Called by the publishing threads, with messages that have passed the filters
 * and all checks.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Outbox {

	/**
	 * Takes a message.
	 * @param destination where it is to go
	 * @param message the message
	 * @return whether it was taken, {@code false} if it is to be sent now
	 * @throws org.activemessaging.PublishException if it can neither be taken nor sent
	 */
	boolean take(NamedDestination destination, Message<?> message);

	/**
	 * Asks another one if this one has not taken a message.
	 * @param other the other one
	 * @return both
	 */
	default Outbox orElse(Outbox other) {
		return (destination, message) -> take(destination, message) || other.take(destination, message);
	}

}
