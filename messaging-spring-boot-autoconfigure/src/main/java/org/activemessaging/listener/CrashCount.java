package org.activemessaging.listener;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * Tells in how many crashes of the application a message was involved: how often the
 * broker has handed it out without hearing of it again. What this instance gave back by
 * itself does not count.
 */
final class CrashCount {

	private final RememberedMessages<Integer> givenBack = new RememberedMessages<>();

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
		Integer known = (unheardOf > 0) ? this.givenBack.get(message) : null;
		return (known != null) ? Math.max(0, unheardOf - known) : unheardOf;
	}

	void givenBack(Message message) throws JMSException {
		this.givenBack.merge(message, 1, Integer::sum);
	}

	void done(Message message) throws JMSException {
		this.givenBack.remove(message);
	}

}
