package org.activemessaging.broker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Has some work done on a connection of its own until it is stopped: when the connection
 * is lost, the work begins anew on the next one, after the reconnect back-off of the
 * broker's profile. Run by a thread of its own.
 *
 * @since 0.1.0
 */
public final class ConnectionLoop implements Runnable, AutoCloseable {

	private static final long GOOD = TimeUnit.MINUTES.toNanos(1);

	private final ConnectionGuard guard = new ConnectionGuard();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final Broker broker;

	private final String closer;

	private final OutageLog outage;

	private final Work work;

	/**
	 * Creates a loop.
	 * @param broker the broker
	 * @param closer the name of the thread that closes the connection if the work does
	 * not end by itself
	 * @param logger where an outage is logged
	 * @param who who uses the connection, as the subject of a sentence
	 * @param work what is done on each connection
	 */
	public ConnectionLoop(Broker broker, String closer, Log logger, String who, Work work) {
		this.broker = broker;
		this.closer = closer;
		this.outage = new OutageLog(logger, who);
		this.work = work;
	}

	@Override
	public void run() {
		try {
			BackOff backOff = this.broker.profile().reconnectBackOff();
			BackOffExecution execution = backOff.start();
			while (!isStopped(0)) {
				long connectedAt = System.nanoTime();
				try {
					workOnConnection();
				}
				catch (JMSException | RuntimeException ex) {
					this.outage.lost(ex);
				}
				if (System.nanoTime() - connectedAt > GOOD) {
					execution = backOff.start();
				}
				isStopped(execution.nextBackOff());
			}
		}
		finally {
			this.ended.countDown();
		}
	}

	private void workOnConnection() throws JMSException {
		Connection connection = this.guard.open(this.broker);
		try {
			this.work.on(connection);
		}
		finally {
			JmsUtils.closeConnection(connection);
		}
	}

	/**
	 * Notes that the work has all it needs from the broker. Called by the work.
	 */
	public void connected() {
		this.outage.regained();
	}

	/**
	 * Returns why there is no connection.
	 * @return the reason without credentials, or {@code null} if none is missed
	 */
	public @Nullable String outageReason() {
		return this.outage.reason();
	}

	/**
	 * Returns whether the work is to end, after a pause. Called by the work.
	 * @param millis how long to pause, in milliseconds; ends early when the loop is
	 * stopped
	 * @return whether it is to end
	 */
	public boolean isStopped(long millis) {
		try {
			return this.stopped.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	/**
	 * Stops the loop, and returns at once. What the work holds goes back to the broker.
	 */
	@Override
	public void close() {
		this.stopped.countDown();
		this.guard.closeUnlessEnded(this.closer);
	}

	/**
	 * Waits until the loop has ended.
	 * @param timeout how long to wait at most
	 * @return whether it has
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public boolean awaitEnd(Duration timeout) throws InterruptedException {
		return this.ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * What is done on a connection.
	 */
	@FunctionalInterface
	public interface Work {

		/**
		 * Works until the loop is stopped. The connection is not started yet, and is
		 * closed afterwards.
		 * @param connection the connection
		 * @throws JMSException if the connection is lost
		 */
		void on(Connection connection) throws JMSException;

	}

}
