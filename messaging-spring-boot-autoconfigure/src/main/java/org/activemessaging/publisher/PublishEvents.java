package org.activemessaging.publisher;

import java.util.List;
import java.util.Map;

import org.activemessaging.broker.Broker;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Tells observer and listeners what becomes of publications.
 *
 * @param observer what accompanies each message
 * @param listeners who is told of them
 * @since 0.1.0
 */
public record PublishEvents(PublishObserver observer, List<PublishListener> listeners) {

	/**
	 * Copies the listeners.
	 * @param observer what accompanies each message
	 * @param listeners who is told of them
	 */
	public PublishEvents {
		listeners = List.copyOf(listeners);
	}

	PublishObserver.Observed begin(NamedDestination destination, Map<String, Object> headers) {
		return this.observer.begin(destination, headers);
	}

	void published(NamedDestination destination, long startedAt, @Nullable Throwable failure) {
		for (PublishListener listener : this.listeners) {
			listener.published(destination, System.nanoTime() - startedAt, failure);
		}
	}

	void sentTogether(Broker broker, int count) {
		for (PublishListener listener : this.listeners) {
			listener.sentTogether(broker, count);
		}
	}

	void sentAgain(OutboundMessage message) {
		for (PublishListener listener : this.listeners) {
			listener.sentAgain(message.destination(), message.id());
		}
	}

}
