package org.activemessaging.receiver;

import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.ObservedMessage;
import org.activemessaging.listener.ProcessObserver.Observed;
import org.jspecify.annotations.Nullable;

/**
 * Accompanies each message that is received, on the thread that has asked for it. Must
 * not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReceiveObserver {

	/**
	 * Observes nothing.
	 */
	ReceiveObserver NONE = (destination, group, message, handled) -> Observed.NONE;

	/**
	 * A message has come, and is not yet read and filtered.
	 * @param destination where from
	 * @param group the consumer group, for a virtual topic
	 * @param message the message
	 * @param handled whether all that is done with it is done in a handler, before it is
	 * acknowledged
	 * @return what is told how it goes on, until its transaction has ended
	 */
	Observed begin(NamedDestination destination, @Nullable String group, ObservedMessage message, boolean handled);

}
