package org.activemessaging.listener;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * Tells in how many crashes of the application a message was involved: how often the
 * broker has handed it out without hearing of it again. What this instance gave back by
 * itself does not count.
 */
final class CrashCount {

	// Bounded: a message that was given back may come again to another instance.
	private static final int MAX_REMEMBERED = 1000;

	private final Map<String, Integer> givenBack = Collections.synchronizedMap(new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
			return size() > MAX_REMEMBERED;
		}

	});

	/**
	 * Returns the number of crashes.
	 * @param message the message as it was received
	 * @return the number, 0 if the broker does not count
	 * @throws JMSException if the message cannot be read
	 */
	int of(Message message) throws JMSException {
		if (!message.getJMSRedelivered()
				|| !(message.getObjectProperty("JMSXDeliveryCount") instanceof Number deliveries)) {
			return 0;
		}
		int unheardOf = deliveries.intValue() - 1;
		return (unheardOf > 0 && !this.givenBack.isEmpty())
				? Math.max(0, unheardOf - this.givenBack.getOrDefault(Delivery.id(message), 0)) : unheardOf;
	}

	void givenBack(Message message) throws JMSException {
		this.givenBack.merge(Delivery.id(message), 1, Integer::sum);
	}

	void done(Message message) throws JMSException {
		if (!this.givenBack.isEmpty()) {
			this.givenBack.remove(Delivery.id(message));
		}
	}

}
