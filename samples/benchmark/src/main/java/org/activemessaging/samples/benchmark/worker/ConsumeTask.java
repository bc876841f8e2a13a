package org.activemessaging.samples.benchmark.worker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.activemessaging.samples.benchmark.process.Order;

/**
 * Handles the messages that are in a queue.
 */
final class ConsumeTask implements Task {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private static final Duration QUIET = Duration.ofMillis(500);

	// The first fifth is not measured.
	private static final int SKIPPED = 5;

	@Override
	public Order run(Variant variant, Order order) throws Exception {
		int messages = order.number("messages");
		Tally tally = new Tally(messages, messages / SKIPPED);
		Variant.Running application = variant.start(Setup.of(order), tally);
		try {
			tally.await(PATIENCE);
			// What comes twice may come now; and a quorum queue of RabbitMQ gives back
			// what is
			// acknowledged in the transaction before the connection closes.
			LockSupport.parkNanos(QUIET.toNanos());
		}
		finally {
			application.close();
		}
		tally.check();
		return Task.done().with("rate", tally.perSecond()).with("bytes", tally.bytesPerMessage());
	}

}
