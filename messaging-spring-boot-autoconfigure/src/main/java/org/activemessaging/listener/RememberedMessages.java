package org.activemessaging.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;

/**
 * Something that is remembered of a few messages until they are done, by their ids. As
 * long as there are none, it takes no lock: it is asked for every message.
 *
 * @param <T> what is remembered
 */
final class RememberedMessages<T> {

	// Bounded: a message that was given back may come again to another instance.
	private static final int MAX_REMEMBERED = 1000;

	private final Map<String, T> remembered = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
			return size() > MAX_REMEMBERED;
		}

	};

	private volatile boolean empty = true;

	@Nullable T get(Message message) throws JMSException {
		if (this.empty) {
			return null;
		}
		String id = Delivery.id(message);
		synchronized (this.remembered) {
			return this.remembered.get(id);
		}
	}

	void put(Message message, T value) throws JMSException {
		merge(message, value, (before, now) -> now);
	}

	void merge(Message message, T value, BinaryOperator<T> merger) throws JMSException {
		String id = Delivery.id(message);
		synchronized (this.remembered) {
			this.remembered.merge(id, value, merger);
			this.empty = false;
		}
	}

	void remove(Message message) throws JMSException {
		if (!this.empty) {
			String id = Delivery.id(message);
			synchronized (this.remembered) {
				this.remembered.remove(id);
				this.empty = this.remembered.isEmpty();
			}
		}
	}

}
