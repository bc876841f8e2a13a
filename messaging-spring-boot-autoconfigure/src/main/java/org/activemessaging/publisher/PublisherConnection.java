package org.activemessaging.publisher;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntConsumer;

import jakarta.jms.JMSException;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.destination.NamedDestination;
import org.apache.commons.logging.LogFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Sends the messages of an application to one broker, each with the broker's word that it
 * has it. Who publishes while nobody else does sends at once; the others are sent
 * together. Of those that cannot be sent together, each is sent on its own, by its own
 * thread and with the same id, so that an error concerns nobody else.
 */
final class PublisherConnection {

	private final Set<String> suspects = ConcurrentHashMap.newKeySet();

	private final Semaphore single;

	private final Semaphore room;

	private final Broker broker;

	private final long timeout;

	private final OutageLog outage;

	private final PublisherLanes lanes;

	private final SingleSender singles;

	private final BatchSender batches;

	private final ThreadPoolExecutor threads;

	PublisherConnection(Broker broker, Function<NamedDestination, List<Address>> groupQueues, IntConsumer sizes) {
		this.broker = broker;
		this.timeout = broker.profile().publishTimeout().toNanos();
		this.outage = new OutageLog(LogFactory.getLog(PublisherConnection.class), "The publisher on " + broker);
		this.lanes = new PublisherLanes(broker, groupQueues, this.outage);
		this.singles = new SingleSender(broker, this.lanes, this.outage);
		this.single = new Semaphore(1);
		this.room = new Semaphore(1000);
		CustomizableThreadFactory factory = new CustomizableThreadFactory(
				"messaging-publisher-" + broker.name() + "-batch-");
		factory.setDaemon(true);
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
				factory);
		Transactions transactions = new Transactions(broker, this.lanes, this.outage);
		this.batches = new BatchSender(transactions, this.threads, 1, this::mayShare, sizes);
	}

	/**
	 * Makes sure that nothing published to a destination misses a group.
	 * @param destination the destination
	 * @throws PublishException if there is no connection in time
	 */
	void prepare(NamedDestination destination) {
		this.lanes.prepare(destination, System.nanoTime() + this.timeout);
	}

	/**
	 * Sends a message and waits for the broker's word.
	 * @param message the message
	 * @throws PublishException if the broker does not have the message
	 * @throws PublishUncertainException if nobody knows
	 */
	void send(OutboundMessage message) {
		long deadline = System.nanoTime() + this.timeout;
		if (!mayShare(message)) {
			sendSingle(message, deadline);
		}
		else if (this.single.tryAcquire()) {
			try {
				sendSingle(message, deadline);
			}
			finally {
				this.single.release();
			}
		}
		else {
			sendWithOthers(message, deadline);
		}
	}

	// A destination that has spoilt what others were sent with has to be good once before
	// it gets another chance.
	private boolean mayShare(OutboundMessage message) {
		return message.mayShare() && (this.suspects.isEmpty() || !this.suspects.contains(message.destination().name()));
	}

	private void sendSingle(OutboundMessage message, long deadline) {
		this.singles.send(message, deadline);
		if (!this.suspects.isEmpty()) {
			this.suspects.remove(message.destination().name());
		}
	}

	private void sendWithOthers(OutboundMessage message, long deadline) {
		WaitingThread waiting = new WaitingThread(message, deadline);
		try {
			if (!this.room.tryAcquire(this.timeout, TimeUnit.NANOSECONDS)) {
				throw new TimeoutException("too many others wait for " + this.broker);
			}
			try {
				this.batches.add(waiting);
				settle(message, deadline, waiting.await());
			}
			finally {
				this.room.release();
			}
		}
		catch (RejectedExecutionException ex) {
			throw notSent(message.destination(), "the publisher is closed", ex);
		}
		catch (TimeoutException ex) {
			throw givenUp(waiting, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw givenUp(waiting, ex);
		}
	}

	private PublishException givenUp(Waiting waiting, Exception reason) {
		if (!waiting.begin()) {
			return this.singles.uncertain(waiting.message(), reason);
		}
		NamedDestination destination = waiting.message().destination();
		return (this.outage.reason() != null) ? this.lanes.notConnected(destination, reason)
				: notSent(destination, "it was given up while others were sent to " + this.broker, reason);
	}

	private void settle(OutboundMessage message, long deadline, Verdict verdict) {
		if (verdict.kind() == Verdict.Kind.UNANSWERED && verdict.failure() instanceof JMSException failure) {
			this.singles.retry(message, failure, deadline);
		}
		else if (verdict.kind() == Verdict.Kind.APART) {
			try {
				this.singles.send(message, deadline);
			}
			catch (RuntimeException ex) {
				this.suspects.add(message.destination().name());
				throw ex;
			}
		}
	}

	private static PublishException notSent(NamedDestination destination, String reason, Exception cause) {
		return new PublishException(destination.name(), "A message to " + destination + " was not published: " + reason,
				cause);
	}

	void close() {
		this.threads.shutdown();
		this.lanes.close();
		this.threads.shutdownNow();
	}

}
