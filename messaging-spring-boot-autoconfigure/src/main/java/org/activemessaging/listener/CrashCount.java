package org.activemessaging.listener;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * Tells in how many crashes of the application a message was involved: how often the
 * broker has handed it out without hearing of it again. What this instance gave back by
 * itself does not count.
 */
final class CrashCount {

	private final Remembered<Integer> givenBack = new Remembered<>(0);

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
		return (unheardOf > 0) ? Math.max(0, unheardOf - this.givenBack.of(message)) : unheardOf;
	}

	void givenBack(Message message) throws JMSException {
		this.givenBack.change(message, (before) -> before + 1);
	}

	void done(Message message) throws JMSException {
		this.givenBack.forget(message);
	}

}
