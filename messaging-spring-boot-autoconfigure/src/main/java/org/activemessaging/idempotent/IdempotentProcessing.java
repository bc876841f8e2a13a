package org.activemessaging.idempotent;

import org.activemessaging.OutboxRequiredException;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.publisher.Outbox;

import org.springframework.messaging.Message;

/**
 * Knows whether the current thread is in an idempotent processor. What is published there
 * must be part of the database transaction: sent by itself, on the consumer's session, it
 * would be lost by a crash after the commit of the database, as the message is not
 * processed a second time.
 *
 * @since 0.1.0
 */
public final class IdempotentProcessing implements Outbox {

	private static final ThreadLocal<String> PROCESSOR = new ThreadLocal<>();

	private final boolean outbox;

	/**
	 * Creates the last one who is asked about a publication.
	 * @param outbox whether there is an outbox, asked before
	 */
	public IdempotentProcessing(boolean outbox) {
		this.outbox = outbox;
	}

	static void run(String processor, Work work) throws Exception {
		String outer = PROCESSOR.get();
		PROCESSOR.set(processor);
		try {
			work.run();
		}
		finally {
			if (outer != null) {
				PROCESSOR.set(outer);
			}
			else {
				PROCESSOR.remove();
			}
		}
	}

	@Override
	public boolean take(NamedDestination destination, Message<?> message) {
		String processor = PROCESSOR.get();
		if (processor == null) {
			return false;
		}
		throw new OutboxRequiredException(destination.name(),
				"A message to " + destination + " was not published: the idempotent processor '" + processor
						+ "' may publish only in its database transaction. "
						+ (this.outbox
								? "Publish inside that transaction, and not in one that is read-only or suspended."
								: "Set 'messaging.outbox.enabled' to 'true'."));
	}

	/**
	 * What a processor does.
	 */
	@FunctionalInterface
	interface Work {

		void run() throws Exception;

	}

}
