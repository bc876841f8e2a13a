package org.activemessaging.publisher;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

import jakarta.jms.JMSException;
import org.activemessaging.PublishAllException;
import org.activemessaging.PublishException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.destination.NamedDestination;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Sends the messages of an application to one broker, each with the broker's word that it
 * has it. Who publishes while nobody else does, or few, sends at once; the others are
 * sent together. Of those that cannot be sent together, each is sent on its own, by its
 * own thread and with the same id, so that an error concerns nobody else.
 */
final class PublisherConnection {

	// Further threads wait until these have been told what became of their messages.
	private static final int MOST_WAITING_THREADS = 1000;

	private static final long LAST_MESSAGES = TimeUnit.SECONDS.toNanos(2);

	private final Set<String> suspects = ConcurrentHashMap.newKeySet();

	private final Semaphore single;

	private final Semaphore room = new Semaphore(MOST_WAITING_THREADS);

	private final boolean sideBySide;

	private final Broker broker;

	private final long timeout;

	private final OutageLog outage;

	private final PublisherLanes lanes;

	private final SingleSender singles;

	private final BatchSender batches;

	private final AsyncSender async;

	private final AllSender all;

	private final ThreadPoolExecutor threads;

	private volatile boolean closed;

	/**
	 * Creates a connection, which is opened when it is used.
	 * @param broker the broker
	 * @param groupQueues the queues that must exist before a destination is published to
	 * @param maxInFlight how many messages may be on their way without anybody waiting
	 * @param sizes is told how many messages were sent together
	 * @param repeats is told what is sent again
	 */
	PublisherConnection(Broker broker, Function<NamedDestination, List<Address>> groupQueues, int maxInFlight,
			IntConsumer sizes, Consumer<OutboundMessage> repeats) {
		this.broker = broker;
		this.timeout = broker.profile().publishTimeout().toNanos();
		this.outage = new OutageLog(LogFactory.getLog(PublisherConnection.class), "The publisher on " + broker);
		this.single = new Semaphore(broker.adapter().concurrentSends());
		this.lanes = new PublisherLanes(broker, groupQueues, this.outage);
		this.singles = new SingleSender(broker, this.lanes, this.outage, repeats);
		CustomizableThreadFactory factory = new CustomizableThreadFactory(
				"messaging-publisher-" + broker.name() + "-batch-");
		factory.setDaemon(true);
		this.threads = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
		this.threads.allowCoreThreadTimeOut(true);
		Transactions transactions = new Transactions(broker, this.lanes, this.outage);
		this.sideBySide = broker.adapter().concurrentSends() > 1;
		this.batches = new BatchSender(transactions, this.threads, this::mayShare, sizes, !this.sideBySide);
		this.async = new AsyncSender(broker.name(), maxInFlight,
				new BatchSender(transactions, this.threads, this::mayShare, sizes, false), this::settle);
		this.all = new AllSender(broker, transactions, this.singles, this.outage);
	}

	/**
	 * Makes sure that nothing published to a destination misses a group.
	 * @param destination the destination
	 * @throws PublishException if there is no connection in time
	 */
	void prepare(NamedDestination destination) {
		this.lanes.prepare(destination, deadline());
	}

	/**
	 * Sends a message and waits for the broker's word.
	 * @param message the message
	 * @throws PublishException if the broker does not have the message
	 * @throws PublishUncertainException if nobody knows
	 */
	void send(OutboundMessage message) {
		long deadline = deadline();
		awaitTurn(message, deadline);
		if (!mayShare(message)) {
			sendSingle(message, deadline);
		}
		else if ((this.sideBySide || this.batches.isIdle()) && this.single.tryAcquire()) {
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

	/**
	 * Sends a message. Waits only if too many others are on their way.
	 * @param message the message
	 * @return completes when the broker has it
	 * @throws PublishException if the message was not accepted
	 */
	CompletableFuture<@Nullable Void> sendAsync(OutboundMessage message) {
		NamedDestination destination = message.destination();
		try {
			if (this.closed) {
				throw new RejectedExecutionException();
			}
			return this.async.send(message, deadline());
		}
		catch (RejectedExecutionException ex) {
			throw notSent(destination, "the publisher is closed", ex);
		}
		catch (TimeoutException ex) {
			throw notSent(destination,
					ex.getMessage() + " ('messaging.broker." + this.broker.name() + ".publisher.max-in-flight')", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw notSent(destination, "interrupted", ex);
		}
	}

	/**
	 * Sends messages in order and waits for the broker's word about all of them.
	 * @param messages the messages, all to one destination
	 * @throws PublishException if the broker has none of them
	 * @throws PublishAllException if it has not got all of them
	 */
	void sendAll(List<OutboundMessage> messages) {
		awaitTurn(messages.get(0), deadline());
		this.all.send(messages);
	}

	private long deadline() {
		return System.nanoTime() + this.timeout;
	}

	private void awaitTurn(OutboundMessage message, long deadline) {
		try {
			this.async.awaitTurn(message, deadline);
		}
		catch (TimeoutException ex) {
			throw notSent(message.destination(), "what was published before is still on its way", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw notSent(message.destination(), "interrupted", ex);
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
				settle(waiting, waiting.await());
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

	private void settle(Waiting waiting, Verdict verdict) {
		OutboundMessage message = waiting.message();
		if (verdict.kind() == Verdict.Kind.UNANSWERED && verdict.failure() instanceof JMSException failure) {
			this.singles.retry(message, failure, waiting.deadline());
		}
		else if (verdict.kind() == Verdict.Kind.APART) {
			if (waiting.deadline() - System.nanoTime() <= 0) {
				throw this.lanes.notConnected(message.destination(), verdict.failure());
			}
			try {
				sendSingle(message, waiting.deadline());
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

	/**
	 * Sends what was accepted, for as long as the end of an application may take, and
	 * tells of the rest that it was not sent.
	 */
	void close() {
		this.closed = true;
		long end = System.nanoTime() + LAST_MESSAGES;
		this.async.awaitIdle(end);
		this.batches.awaitIdle(end);
		this.lanes.close();
		this.threads.shutdownNow();
		this.batches.drop();
		this.async.close();
	}

}
