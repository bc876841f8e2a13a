package org.activemessaging.listener;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.broker.ConsumerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The first try of a message on another thread than that of its session. What it wanted
 * to send waits for that one.
 */
final class FirstTry implements EarlierTry {

	private final ConsumerTransaction transaction;

	private final ProcessorCall call;

	private final Message message;

	private @Nullable Throwable failure;

	private boolean done;

	FirstTry(ProcessorCall call, Message message, ConsumerTransaction transaction) {
		this.call = call;
		this.message = message;
		this.transaction = new ConsumerTransaction(transaction.broker(), transaction.session());
	}

	/**
	 * Has the message processed, once.
	 * @return whether that succeeded
	 */
	boolean run() {
		try {
			this.failure = this.call.withoutSending(this.message, this.transaction);
			this.done = true;
		}
		catch (JMSException ex) {
			// It is read again, and fails again, on the thread of the session.
			return false;
		}
		return this.failure == null;
	}

	@Override
	public @Nullable Throwable end(ConsumerTransaction session) throws JMSException {
		if (!this.done) {
			return this.call.once(this.message, session);
		}
		if (this.failure == null) {
			session.flush(this.transaction);
		}
		return this.failure;
	}

}
