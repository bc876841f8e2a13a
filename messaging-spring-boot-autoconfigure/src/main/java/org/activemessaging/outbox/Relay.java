package org.activemessaging.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSSecurityException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.destination.UnknownDestinationException;
import org.activemessaging.outbox.OutboxTable.Parked;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Sends what is in the outbox for one broker, in order, while this instance holds the
 * lease for it: read some, send each and wait for the broker's word, delete them. What
 * dies in between is sent again by the next one, with the same id. Run by a thread of its
 * own, so that no broker waits for another.
 */
final class Relay implements Runnable {

	private static final Log logger = LogFactory.getLog(Relay.class);

	// Failures of one message after which others are tried, to find out whose fault it
	// is.
	private static final int SUSPECT = 3;

	private final Semaphore wake = new Semaphore(0);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final Broker broker;

	private final OutboxTable table;

	private final Lease lease;

	private final Sender sender;

	private final OutboxSettings settings;

	private final OutageLog outage;

	private final OutageLog databaseOutage;

	private volatile boolean stopped;

	private BackOffExecution backOff;

	private long failingId = -1;

	private int failures;

	Relay(Broker broker, OutboxTable table, Lease lease, Sender sender, OutboxSettings settings) {
		this.broker = broker;
		this.table = table;
		this.lease = lease;
		this.sender = sender;
		this.settings = settings;
		this.outage = new OutageLog(logger, "The relay of the outbox on " + broker);
		this.databaseOutage = new OutageLog(logger, "The relay of the outbox for " + broker + ", to its database,");
		this.backOff = broker.profile().reconnectBackOff().start();
	}

	@Override
	public void run() {
		try {
			long pause = 0;
			while (!isStopped(pause)) {
				pause = turn();
			}
			this.lease.release();
		}
		catch (DataAccessException ex) {
			logger.debug("The lease ends by itself", ex);
		}
		finally {
			this.ended.countDown();
		}
	}

	/**
	 * Relays a batch.
	 * @return how long to pause, in milliseconds; a negative number to wake up earlier
	 * when something is stored
	 */
	private long turn() {
		try {
			long pause = -this.settings.pollInterval().toMillis();
			if (this.lease.hold()) {
				List<StoredMessage> batch = this.table.oldest(this.broker.name(), this.settings.batchSize());
				this.databaseOutage.regained();
				if (!batch.isEmpty()) {
					pause = relay(batch) ? 0 : this.backOff.nextBackOff();
				}
			}
			return pause;
		}
		catch (DataAccessException | TransactionException ex) {
			this.databaseOutage.lost(ex);
			return this.settings.pollInterval().toMillis();
		}
		catch (RuntimeException ex) {
			logger.warn("The relay of the outbox on " + this.broker + " failed, and goes on", ex);
			return this.settings.pollInterval().toMillis();
		}
	}

	private boolean relay(List<StoredMessage> batch) {
		List<Long> sent = new ArrayList<>();
		try {
			for (StoredMessage message : batch) {
				if (this.stopped || !this.lease.hold()) {
					return true;
				}
				if (send(message)) {
					sent.add(message.id());
				}
				else if (message.id() == this.failingId) {
					findOutWhoseFaultItIs(message, batch, sent);
					return false;
				}
			}
			return true;
		}
		finally {
			// Also when something failed: what was sent must not be sent again.
			if (!sent.isEmpty()) {
				this.table.delete(sent);
			}
		}
	}

	// Returns whether the broker has the message. If not, it was either parked, or it is
	// noted as the failing one.
	private boolean send(StoredMessage message) {
		try {
			this.sender.send(message);
			this.outage.regained();
			if (this.failures > 0) {
				this.failures = 0;
				this.failingId = -1;
			}
			this.backOff = this.broker.profile().reconnectBackOff().start();
			return true;
		}
		catch (UnknownDestinationException ex) {
			park(message, Parked.UNKNOWN_DESTINATION + "no destination '" + message.destination()
					+ "' is configured where the message was to be sent");
		}
		catch (IllegalArgumentException ex) {
			park(message, Parked.UNREADABLE + ex.getMessage());
		}
		catch (PublishRefusedException ex) {
			park(message, Parked.REFUSED + ex.getMessage());
		}
		catch (RuntimeException ex) {
			int before = (this.failingId == message.id()) ? this.failures : 0;
			this.failures = mayBeItsFault(ex) ? before + 1 : 0;
			this.failingId = message.id();
			this.outage.lost(ex);
		}
		return false;
	}

	// Without a connection none gets through: trying others would only change their order
	// when the broker is back.
	private static boolean mayBeItsFault(RuntimeException failure) {
		return failure instanceof PublishUncertainException || failure.getCause() instanceof JMSSecurityException;
	}

	// A message that fails again and again may itself be the reason, as one that is too
	// large for the broker would be. Then another one gets through, and it is parked. In
	// an outage none does, and it goes on being tried.
	private void findOutWhoseFaultItIs(StoredMessage message, List<StoredMessage> batch, List<Long> sent) {
		int failed = this.failures;
		StoredMessage other = other(message, batch);
		if (failed < SUSPECT || other == null) {
			return;
		}
		if (!send(other)) {
			this.failingId = message.id();
			this.failures = failed;
			return;
		}
		sent.add(other.id());
		if (send(message)) {
			sent.add(message.id());
		}
		else if (this.failingId == message.id()) {
			park(message, Parked.UNANSWERED + "the broker took another message, but not this one in " + (failed + 1)
					+ " tries: " + this.outage.reason());
		}
	}

	private static @Nullable StoredMessage other(StoredMessage message, List<StoredMessage> batch) {
		List<StoredMessage> later = batch.subList(batch.indexOf(message) + 1, batch.size());
		return later.stream()
			.filter((candidate) -> !candidate.destination().equals(message.destination()))
			.findFirst()
			.orElse(later.isEmpty() ? null : later.get(0));
	}

	private void park(StoredMessage message, String reason) {
		this.table.park(message.id(), reason);
		this.failingId = -1;
		this.failures = 0;
		logger.warn("Message " + message.messageId() + " to destination '" + message.destination()
				+ "' stays in the outbox and is not tried again: " + reason);
	}

	private boolean isStopped(long pause) {
		try {
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.abs(pause));
			long rest = Math.abs(pause);
			while (!this.stopped && rest > 0) {
				boolean woken = this.wake.tryAcquire(rest, TimeUnit.MILLISECONDS);
				this.wake.drainPermits();
				if (woken && pause < 0) {
					break;
				}
				rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			}
			return this.stopped;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	void wake() {
		this.wake.release();
	}

	void stop() {
		this.stopped = true;
		this.wake.release();
	}

	boolean awaitEnd(long nanos) throws InterruptedException {
		return this.ended.await(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Sends a message and waits for the broker's word.
	 */
	@FunctionalInterface
	interface Sender {

		void send(StoredMessage message);

	}

}
