package org.activemessaging.receiver;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.jms.JMSException;
import org.activemessaging.ReceiveException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.LiveConnection;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.Refusal;
import org.activemessaging.destination.NamedDestination;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The connection on which messages are taken from one broker. The client is called on
 * threads of its own, since it may wait for its broker without a bound: who waits here
 * has his own clock, and then gives the connection up, by which what was received on it
 * goes back.
 */
final class ReceiverConnection {

	private static final int MOST_AT_ONCE = 100;

	private static final int IDLE_SESSIONS = 8;

	private final LinkedBlockingDeque<ReceiverLane> idle = new LinkedBlockingDeque<>(IDLE_SESSIONS);

	private final Semaphore busy = new Semaphore(MOST_AT_ONCE);

	private final Object connecting = new Object();

	private final Broker broker;

	private final ThreadPoolExecutor threads;

	private final OutageLog outage;

	private final Refusal refusal;

	private volatile @Nullable LiveConnection link;

	private volatile boolean closed;

	ReceiverConnection(Broker broker) {
		this.broker = broker;
		this.outage = new OutageLog(LogFactory.getLog(FilteringMessageReceiver.class), "The receiver on " + broker);
		this.refusal = new Refusal(broker.profile());
		CustomizableThreadFactory factory = new CustomizableThreadFactory("messaging-receiver-" + broker.name() + "-");
		factory.setDaemon(true);
		// One more for each lane: the end of a receive is not waited for.
		this.threads = new ThreadPoolExecutor(0, 2 * MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
				factory);
	}

	boolean isClosed() {
		return this.closed;
	}

	Broker broker() {
		return this.broker;
	}

	/**
	 * Opens a consumer, for the calling thread alone until the lane is closed.
	 * @param destination where messages are to come from
	 * @param source its address
	 * @param selector the condition on headers, or {@code null} for all messages
	 * @throws ReceiveException if there is no connection in time, or the broker refuses
	 */
	ReceiverLane open(NamedDestination destination, Address source, @Nullable String selector) {
		if (this.closed || !this.busy.tryAcquire()) {
			throw new ReceiveException(destination.name(),
					"Nothing was received from " + destination + ": "
							+ (this.closed ? "the receiver is closed" : "too many others wait for " + this.broker),
					null);
		}
		boolean opened = false;
		try {
			ReceiverLane lane = call(destination, answerNanos(), null, () -> connect(source, selector));
			opened = true;
			return lane;
		}
		catch (JMSException ex) {
			throw new ReceiveException(destination.name(),
					"Nothing was received from " + destination + ": " + OutageLog.describe(ex), ex);
		}
		finally {
			if (!opened) {
				this.busy.release();
			}
		}
	}

	long answerNanos() {
		return this.broker.profile().publishTimeout().toNanos();
	}

	private ReceiverLane connect(Address source, @Nullable String selector) throws JMSException {
		try {
			LiveConnection current = link();
			ReceiverLane lane = this.idle.pollFirst();
			while (lane != null && !lane.isUsable()) {
				lane = this.idle.pollFirst();
			}
			if (lane == null) {
				lane = new ReceiverLane(this, current);
			}
			lane.consume(source, selector);
			this.outage.regained();
			return lane;
		}
		catch (JMSException ex) {
			if (this.broker.adapter().isConnectionLost(ex)) {
				lost(ex);
			}
			throw ex;
		}
	}

	private void lost(JMSException failure) {
		this.outage.lost(failure);
		LiveConnection current = this.link;
		if (current != null) {
			abandon(current);
		}
	}

	private LiveConnection link() throws JMSException {
		synchronized (this.connecting) {
			LiveConnection current = this.link;
			if (current != null && !current.isBroken() && current.isConnected()) {
				return current;
			}
			if (current != null) {
				current.close();
			}
			LiveConnection opened;
			try {
				opened = LiveConnection.open(this.broker, this.refusal);
			}
			catch (JMSException ex) {
				this.outage.lost(ex);
				throw ex;
			}
			this.link = opened;
			if (this.closed) {
				opened.close();
			}
			return opened;
		}
	}

	/**
	 * Calls the client, and waits for it no longer than it may take.
	 * @param destination for what
	 * @param nanos how long it may take, in nanoseconds
	 * @param lane the lane that is used, or {@code null} if there is none yet
	 * @param call what to call
	 * @throws JMSException what the client throws
	 * @throws ReceiveException if it takes longer
	 */
	<R> R call(NamedDestination destination, long nanos, @Nullable ReceiverLane lane, Callable<R> call)
			throws JMSException {
		Future<R> answer = submit(destination, call);
		try {
			return answer.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof JMSException failure) {
				throw failure;
			}
			throw new ReceiveException(destination.name(),
					"Nothing was received from " + destination + ": " + OutageLog.describe(ex), ex.getCause());
		}
		catch (TimeoutException ex) {
			TimeoutException cause = new TimeoutException(
					"no answer within " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
			this.outage.lost(cause);
			abandon((lane != null) ? lane.link() : this.link);
			throw new ReceiveException(destination.name(),
					"Nothing was received from " + destination + ": " + this.broker + " gives " + cause.getMessage(),
					cause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			if (lane != null) {
				lane.leave();
			}
			throw new ReceiveException(destination.name(),
					"The wait for a message from " + destination + " was interrupted", ex);
		}
	}

	private <R> Future<R> submit(NamedDestination destination, Callable<R> call) {
		try {
			return this.threads.submit(call);
		}
		catch (RejectedExecutionException ex) {
			throw new ReceiveException(destination.name(), "Nothing was received from " + destination + ": "
					+ (this.closed ? "the receiver is closed" : "too many others wait for " + this.broker), ex);
		}
	}

	/**
	 * Ends the use of a lane. The caller does not wait for it.
	 */
	void release(ReceiverLane lane) {
		this.busy.release();
		try {
			this.threads.execute(() -> {
				if (!lane.end() || this.closed || !this.idle.offerFirst(lane)) {
					lane.close();
				}
			});
		}
		catch (RejectedExecutionException ex) {
			abandon(lane.link());
		}
	}

	private void abandon(@Nullable LiveConnection silent) {
		if (silent != null && silent.fail()) {
			closeElsewhere(silent);
		}
	}

	private Thread closeElsewhere(LiveConnection closing) {
		return closing.closeElsewhere("messaging-receiver-close-" + this.broker.name());
	}

	/**
	 * Takes no more messages: who waits for one is told so within a second.
	 */
	void refuse() {
		this.closed = true;
	}

	/**
	 * Closes the connection when the handlers in work have finished, or the time is over.
	 * @param deadline when the time is over, as of {@link System#nanoTime()}
	 */
	void close(long deadline) {
		refuse();
		try {
			if (!this.busy.tryAcquire(MOST_AT_ONCE, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
				LogFactory.getLog(FilteringMessageReceiver.class)
					.warn("Handlers of received messages have not finished in time; their messages go back to "
							+ this.broker);
			}
			LiveConnection current = this.link;
			if (current != null) {
				closeElsewhere(current).join(2000);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.threads.shutdownNow();
	}

}
