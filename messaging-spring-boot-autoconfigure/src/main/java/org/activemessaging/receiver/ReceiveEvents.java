package org.activemessaging.receiver;

import java.util.List;

import jakarta.jms.Message;
import org.activemessaging.deadletter.DeadLetter;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.ObservedMessage;
import org.activemessaging.listener.ProcessObserver.Observed;
import org.jspecify.annotations.Nullable;

/**
 * Tells observer and listeners what becomes of receives.
 *
 * @param observer what accompanies each message
 * @param listeners who is told of them
 * @since 0.1.0
 */
public record ReceiveEvents(ReceiveObserver observer, List<ReceiveListener> listeners) {

	/**
	 * Copies the listeners.
	 * @param observer what accompanies each message
	 * @param listeners who is told of them
	 */
	public ReceiveEvents {
		listeners = List.copyOf(listeners);
	}

	Observed begin(NamedDestination destination, @Nullable String group, Message message, boolean handled) {
		return (this.observer != ReceiveObserver.NONE)
				? this.observer.begin(destination, group, ObservedMessage.of(message, null), handled) : Observed.NONE;
	}

	void done(NamedDestination destination, @Nullable String group, long waitMillis) {
		this.listeners.forEach((listener) -> listener.done(destination, group, waitMillis));
	}

	void deadLettered(DeadLetter letter) {
		this.listeners.forEach((listener) -> listener.deadLettered(letter));
	}

	void ended(NamedDestination destination, @Nullable String group, long nanos, boolean handled,
			@Nullable Throwable failure) {
		this.listeners.forEach((listener) -> listener.ended(destination, group, nanos, handled, failure));
	}

}
