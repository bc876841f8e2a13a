package org.activemessaging.listener;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.Acknowledgment;

/**
 * Acknowledges one message, once.
 */
final class MessageAcknowledgment implements Acknowledgment {

	private final Message message;

	private boolean done;

	MessageAcknowledgment(Message message) {
		this.message = message;
	}

	@Override
	public void acknowledge() {
		if (!this.done) {
			try {
				this.message.acknowledge();
				this.done = true;
			}
			catch (JMSException ex) {
				throw new IllegalStateException("The message could not be acknowledged; it will come again", ex);
			}
		}
	}

	boolean isDone() {
		return this.done;
	}

}
