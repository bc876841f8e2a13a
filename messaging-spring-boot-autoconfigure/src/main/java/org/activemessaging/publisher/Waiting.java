package org.activemessaging.publisher;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message that waits to be sent together with others.
 */
abstract class Waiting {

	private final AtomicBoolean begun = new AtomicBoolean();

	private final OutboundMessage message;

	private final long deadline;

	Waiting(OutboundMessage message, long deadline) {
		this.message = message;
		this.deadline = deadline;
	}

	OutboundMessage message() {
		return this.message;
	}

	/**
	 * Returns when to give up, as of {@link System#nanoTime()}.
	 */
	long deadline() {
		return this.deadline;
	}

	/**
	 * Decides whether the message is sent now, or was withdrawn before: the first one who
	 * asks gets it.
	 * @return whether the caller is the first one
	 */
	boolean begin() {
		return this.begun.compareAndSet(false, true);
	}

	/**
	 * Is told what became of the message. Called by the thread that sends.
	 * @param verdict what became of it
	 */
	abstract void decided(Verdict verdict);

}
