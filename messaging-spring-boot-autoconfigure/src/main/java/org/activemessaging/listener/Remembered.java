package org.activemessaging.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * Something to remember about messages. Nearly always there is nothing, and then no lock
 * is taken and no message is looked at.
 *
 * @param <V> the type of what is remembered
 */
final class Remembered<V> {

	// Bounded: a message that went back to the broker may come again to another instance.
	private static final int MAX = 1000;

	private final Map<String, V> values = new LinkedHashMap<>();

	private final V none;

	private volatile boolean empty = true;

	Remembered(V none) {
		this.none = none;
	}

	V of(Message message) throws JMSException {
		if (this.empty) {
			return this.none;
		}
		String id = Delivery.id(message);
		synchronized (this.values) {
			return this.values.getOrDefault(id, this.none);
		}
	}

	void change(Message message, UnaryOperator<V> change) throws JMSException {
		String id = Delivery.id(message);
		synchronized (this.values) {
			this.values.put(id, change.apply(this.values.getOrDefault(id, this.none)));
			if (this.values.size() > MAX) {
				this.values.remove(this.values.keySet().iterator().next());
			}
			this.empty = false;
		}
	}

	void forget(Message message) throws JMSException {
		if (this.empty) {
			return;
		}
		String id = Delivery.id(message);
		synchronized (this.values) {
			this.values.remove(id);
			this.empty = this.values.isEmpty();
		}
	}

}
