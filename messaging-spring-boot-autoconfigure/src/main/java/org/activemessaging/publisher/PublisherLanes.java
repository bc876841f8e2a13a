package org.activemessaging.publisher;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import jakarta.jms.JMSException;
import org.activemessaging.PublishException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.LiveConnection;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.Refusal;
import org.activemessaging.destination.NamedDestination;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The sessions on which an application publishes to one broker, one for each thread that
 * publishes at the same time, all of one connection. Sessions are opened by a thread of
 * its own: the client's calls for that may wait for a broker without a bound, a publish
 * may not.
 */
final class PublisherLanes {

	private static final Log logger = LogFactory.getLog(PublisherLanes.class);

	private static final long POLL = TimeUnit.MILLISECONDS.toNanos(10);

	private static final int IDLE_SESSIONS = 64;

	private static final int WAITING_FOR_A_SESSION = 1024;

	private final LinkedBlockingDeque<Lane> idle = new LinkedBlockingDeque<>(IDLE_SESSIONS);

	private final LinkedBlockingDeque<Lane> idleTransacted = new LinkedBlockingDeque<>(IDLE_SESSIONS);

	private final Broker broker;

	private final Function<NamedDestination, List<Address>> groupQueues;

	private final ExecutorService opener;

	private final OutageLog outage;

	private final Refusal refusal;

	private volatile @Nullable PublisherLink link;

	private volatile boolean closed;

	PublisherLanes(Broker broker, Function<NamedDestination, List<Address>> groupQueues, OutageLog outage) {
		this.broker = broker;
		this.groupQueues = groupQueues;
		this.outage = outage;
		this.refusal = new Refusal(broker.profile());
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-publisher-" + broker.name() + "-");
		threads.setDaemon(true);
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
				new LinkedBlockingDeque<>(WAITING_FOR_A_SESSION), threads);
		executor.allowCoreThreadTimeOut(true);
		this.opener = executor;
	}

	/**
	 * Makes sure that nothing published to a destination misses a group.
	 * @param destination the destination
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @throws PublishException if there is no connection in time
	 */
	void prepare(NamedDestination destination, long deadline) {
		PublisherLink current = this.link;
		if (current == null || current.isBroken() || !current.isPrepared(destination)) {
			release(open(destination, false, deadline));
		}
	}

	// Only the session is given up: others may be sending on the connection, which tells
	// by its exception listener when it is broken.
	void discard(Lane lane, Exception ex) {
		if (ex instanceof jakarta.jms.IllegalStateException) {
			lane.link().fail();
		}
		try {
			this.opener.execute(() -> JmsUtils.closeSession(lane.session()));
		}
		catch (RejectedExecutionException rejected) {
			logger.debug("A session is left to its connection to close", rejected);
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	private Lane lane(NamedDestination destination, boolean transacted, long deadline) {
		Lane lane = idle(transacted);
		if (lane != null && lane.link().isPrepared(destination)) {
			return lane;
		}
		if (lane != null) {
			release(lane);
		}
		return open(destination, transacted, deadline);
	}

	private @Nullable Lane idle(boolean transacted) {
		LinkedBlockingDeque<Lane> lanes = transacted ? this.idleTransacted : this.idle;
		Lane lane = lanes.pollFirst();
		while (lane != null && lane.link().isBroken()) {
			lane = lanes.pollFirst();
		}
		return lane;
	}

	private Lane open(NamedDestination destination, boolean transacted, long deadline) {
		CompletableFuture<Lane> opening = new CompletableFuture<>();
		try {
			this.opener.execute(() -> open(destination, transacted, opening));
		}
		catch (RejectedExecutionException ex) {
			throw new PublishException(destination.name(),
					"A message to " + destination + " was not published: "
							+ (this.closed ? "the publisher is closed" : "too many others wait for " + this.broker),
					ex);
		}
		try {
			return opening.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			opening.completeExceptionally(ex);
			this.outage.lost(new TimeoutException(
					"no connection within " + this.broker.profile().publishTimeout().toMillis() + " ms"));
			throw notConnected(destination, ex);
		}
		catch (ExecutionException ex) {
			throw notConnected(destination, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw notConnected(destination, ex);
		}
	}

	/**
	 * Returns what is needed to send, for the calling thread alone until it is released
	 * or discarded.
	 * @param transacted whether several messages are to become durable together
	 * @throws PublishException if there is no connection in time
	 */
	Lane connected(NamedDestination destination, boolean transacted, long deadline) {
		Lane lane = lane(destination, transacted, deadline);
		// What a client that reconnects by itself is given now, it would send some time
		// later: then nobody would know about a message that is still here.
		while (!lane.link().isConnected()) {
			if (lane.link().isBroken()) {
				release(lane);
				lane = lane(destination, transacted, deadline);
			}
			else if (!sleep(POLL, deadline)) {
				release(lane);
				TimeoutException cause = new TimeoutException("no connection");
				this.outage.lost(cause);
				throw notConnected(destination, cause);
			}
		}
		return lane;
	}

	/**
	 * Waits.
	 * @return whether there is a reason to go on
	 */
	static boolean sleep(long nanos, long deadline) {
		LockSupport.parkNanos(Math.min(nanos, deadline - System.nanoTime()));
		return System.nanoTime() < deadline && !Thread.currentThread().isInterrupted();
	}

	PublishException notConnected(NamedDestination destination, @Nullable Throwable cause) {
		String reason = this.outage.reason();
		return new PublishException(destination.name(), "A message to " + destination
				+ " was not published: no connection to " + this.broker + ((reason != null) ? ": " + reason : ""),
				cause);
	}

	private void open(NamedDestination destination, boolean transacted, CompletableFuture<Lane> opening) {
		if (opening.isDone()) {
			return;
		}
		try {
			Lane lane = openLane(destination, transacted);
			if (!opening.complete(lane)) {
				// The one who asked for it has given up; it serves the next one.
				release(lane);
			}
		}
		catch (JMSException | RuntimeException ex) {
			opening.completeExceptionally(ex);
		}
	}

	// Called by the opener's thread only.
	private Lane openLane(NamedDestination destination, boolean transacted) throws JMSException {
		try {
			PublisherLink current = this.link;
			if (current == null || current.isBroken()) {
				current = connect();
			}
			current.prepare(destination);
			Lane idle = idle(transacted);
			if (idle != null) {
				return idle;
			}
			Lane lane = current.createLane(transacted);
			this.outage.regained();
			return lane;
		}
		catch (JMSException ex) {
			this.outage.lost(ex);
			throw ex;
		}
	}

	private PublisherLink connect() throws JMSException {
		PublisherLink broken = this.link;
		if (broken != null) {
			this.link = null;
			broken.close();
		}
		PublisherLink connected = new PublisherLink(LiveConnection.open(this.broker, this.refusal),
				this.broker.adapter(), this.groupQueues);
		this.link = connected;
		if (this.closed) {
			connected.close();
		}
		return connected;
	}

	void release(Lane lane) {
		LinkedBlockingDeque<Lane> lanes = lane.transacted() ? this.idleTransacted : this.idle;
		if (lane.link().isBroken() || this.closed || !lanes.offerFirst(lane)) {
			JmsUtils.closeSession(lane.session());
		}
	}

	/**
	 * Gives up a connection on which the broker does not answer.
	 */
	void abandon(PublisherLink silent) {
		silent.fail();
		closeElsewhere(silent);
	}

	void close() {
		this.closed = true;
		this.opener.shutdownNow();
		PublisherLink current = this.link;
		if (current != null) {
			try {
				closeElsewhere(current).join(2000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private Thread closeElsewhere(PublisherLink closing) {
		return closing.closeElsewhere("messaging-publisher-close-" + this.broker.name());
	}

}
