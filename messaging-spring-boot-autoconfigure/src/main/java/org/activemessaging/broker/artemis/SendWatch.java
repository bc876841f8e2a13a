package org.activemessaging.broker.artemis;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import jakarta.jms.JMSException;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Ends a send that takes too long. The client waits without a bound for an address that
 * takes nothing, because it or the disk of the broker is full, and has no other way out
 * than the interruption of the thread that sends.
 */
final class SendWatch implements Runnable {

	private static final ScheduledThreadPoolExecutor timer = timer();

	private final Thread sender = Thread.currentThread();

	private final BooleanSupplier blocked;

	private boolean ended;

	private boolean fired;

	private boolean wasBlocked;

	private SendWatch(BooleanSupplier blocked) {
		this.blocked = blocked;
	}

	private static ScheduledThreadPoolExecutor timer() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-artemis-timer-");
		threads.setDaemon(true);
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, threads);
		executor.setRemoveOnCancelPolicy(true);
		executor.setKeepAliveTime(10, TimeUnit.SECONDS);
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Sends.
	 * @param millis how long it may take
	 * @param blocked tells whether the client waits for room at the broker
	 * @param send what to do
	 * @throws JMSException if that fails, or takes too long
	 */
	static void limit(long millis, BooleanSupplier blocked, Send send) throws JMSException {
		SendWatch watch = new SendWatch(blocked);
		ScheduledFuture<?> alarm = timer.schedule(watch, millis, TimeUnit.MILLISECONDS);
		try {
			send.run();
		}
		catch (JMSException ex) {
			throw watch.end() ? watch.tooLate(millis, ex) : ArtemisErrors.of(ex);
		}
		finally {
			alarm.cancel(false);
			watch.end();
		}
	}

	@Override
	public void run() {
		// Asked before, as the answer may need locks that the sender holds.
		boolean waiting = this.blocked.getAsBoolean();
		synchronized (this) {
			if (!this.ended) {
				this.fired = true;
				this.wasBlocked = waiting;
				this.sender.interrupt();
			}
		}
	}

	// From then on the thread is its own again. Returns whether it was interrupted here.
	private synchronized boolean end() {
		if (!this.ended) {
			this.ended = true;
			if (this.fired) {
				Thread.interrupted();
			}
		}
		return this.fired;
	}

	// What waits for room has not left the client yet.
	private JMSException tooLate(long millis, JMSException failure) {
		if (this.wasBlocked) {
			return ArtemisErrors.full("The broker had no room for the message within " + millis
					+ " ms: its address or the disk of the broker is full", failure);
		}
		JMSException late = new JMSException("No answer of the broker within " + millis + " ms");
		late.initCause(failure);
		return late;
	}

	/**
	 * A send.
	 */
	@FunctionalInterface
	interface Send {

		/**
		 * Sends.
		 * @throws JMSException if it fails
		 */
		void run() throws JMSException;

	}

}
