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
import java.util.function.Function;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Session;
import org.activemessaging.PublishException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
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

	private static final int IDLE_SESSIONS = 64;

	private static final int WAITING_FOR_A_SESSION = 1024;

	private final LinkedBlockingDeque<Lane> idle = new LinkedBlockingDeque<>(IDLE_SESSIONS);

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
			release(open(destination, deadline));
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

	/**
	 * Returns what is needed to send, for the calling thread alone until it is released
	 * or discarded.
	 * @param destination where to send
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @return the lane
	 * @throws PublishException if there is no connection in time
	 */
	Lane lane(NamedDestination destination, long deadline) {
		Lane lane = this.idle.pollFirst();
		while (lane != null && lane.link().isBroken()) {
			lane = this.idle.pollFirst();
		}
		if (lane != null && lane.link().isPrepared(destination)) {
			return lane;
		}
		if (lane != null) {
			release(lane);
		}
		return open(destination, deadline);
	}

	private Lane open(NamedDestination destination, long deadline) {
		CompletableFuture<Lane> opening = new CompletableFuture<>();
		try {
			this.opener.execute(() -> open(destination, opening));
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

	PublishException notConnected(NamedDestination destination, @Nullable Throwable cause) {
		String reason = this.outage.reason();
		return new PublishException(destination.name(), "A message to " + destination
				+ " was not published: no connection to " + this.broker + ((reason != null) ? ": " + reason : ""),
				cause);
	}

	private void open(NamedDestination destination, CompletableFuture<Lane> opening) {
		if (opening.isDone()) {
			return;
		}
		try {
			Lane lane = openLane(destination);
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
	private Lane openLane(NamedDestination destination) throws JMSException {
		try {
			PublisherLink current = this.link;
			if (current == null || current.isBroken()) {
				current = connect();
			}
			current.prepare(destination);
			Lane idle = this.idle.pollFirst();
			if (idle != null && !idle.link().isBroken()) {
				return idle;
			}
			Session session = current.createSession();
			Lane lane = new Lane(current, session, session.createProducer(null));
			this.outage.regained();
			return lane;
		}
		catch (JMSException ex) {
			this.outage.lost(ex);
			throw ex;
		}
	}

	private PublisherLink connect() throws JMSException {
		this.refusal.check();
		PublisherLink broken = this.link;
		if (broken != null) {
			this.link = null;
			broken.close();
		}
		PublisherLink connected = start(this.broker.connectionFactory().createConnection());
		this.link = connected;
		if (this.closed) {
			connected.close();
		}
		return connected;
	}

	private PublisherLink start(Connection connection) throws JMSException {
		PublisherLink started = new PublisherLink(connection, this.broker, this.groupQueues);
		try {
			connection.setExceptionListener((ex) -> started.fail());
			connection.start();
			this.refusal.clear();
			return started;
		}
		catch (JMSException ex) {
			this.refusal.note(ex);
			started.close();
			throw ex;
		}
	}

	void release(Lane lane) {
		if (lane.link().isBroken() || this.closed || !this.idle.offerFirst(lane)) {
			JmsUtils.closeSession(lane.session());
		}
	}

	void close() {
		this.closed = true;
		this.opener.shutdownNow();
		PublisherLink current = this.link;
		if (current != null) {
			// A client that waits for its broker would hold up the end of the
			// application.
			Thread closer = new Thread(current::close, "messaging-publisher-close-" + this.broker.name());
			closer.setDaemon(true);
			closer.start();
			try {
				closer.join(2000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
