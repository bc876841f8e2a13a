package org.activemessaging.publisher;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.ResourceAllocationException;
import org.activemessaging.PublishException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.destination.NamedDestination;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of an application to one broker, each with the broker's word that it
 * has it. A message whose answer is lost is sent again with the same id, as long as the
 * publish may last.
 */
final class PublisherConnection {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final long POLL = TimeUnit.MILLISECONDS.toNanos(10);

	private final Broker broker;

	private final long timeout;

	private final OutageLog outage;

	private final PublisherLanes lanes;

	PublisherConnection(Broker broker, Function<NamedDestination, List<Address>> groupQueues) {
		this.broker = broker;
		this.timeout = broker.profile().publishTimeout().toNanos();
		this.outage = new OutageLog(LogFactory.getLog(PublisherConnection.class), "The publisher on " + broker);
		this.lanes = new PublisherLanes(broker, groupQueues, this.outage);
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
	 * @param destination where to
	 * @param message the message
	 * @throws PublishException if the broker does not have the message
	 * @throws PublishUncertainException if nobody knows
	 */
	void send(NamedDestination destination, OutboundMessage message) {
		long deadline = System.nanoTime() + this.timeout;
		JMSException failure = attempt(lane(destination, deadline), message, deadline);
		if (failure != null) {
			retry(destination, message, failure, deadline);
		}
	}

	private void retry(NamedDestination destination, OutboundMessage message, JMSException first, long deadline) {
		if (this.broker.adapter().isRefusal(first)) {
			throw refused(destination, first);
		}
		this.outage.lost(first);
		long pause = FIRST_PAUSE;
		while (message.isPersistent() && sleep(pause, deadline)) {
			pause = Math.min(2 * pause, LONGEST_PAUSE);
			try {
				JMSException failure = attempt(lane(destination, deadline), message, deadline);
				if (failure == null) {
					return;
				}
				// Refused now, but the first one may have arrived.
				if (this.broker.adapter().isRefusal(failure)) {
					break;
				}
			}
			catch (PublishException ex) {
				if (this.lanes.isClosed() || ex.getCause() instanceof JMSSecurityException) {
					break;
				}
			}
			catch (RuntimeException ex) {
				first.addSuppressed(ex);
				break;
			}
		}
		throw new PublishUncertainException(destination.name(), message.id(), "Nobody knows whether " + this.broker
				+ " has message " + message.id() + " to " + destination + ": " + OutageLog.describe(first), first);
	}

	private PublishException refused(NamedDestination destination, JMSException refusal) {
		String text = "A message to " + destination + " was refused by " + this.broker + ": "
				+ OutageLog.describe(refusal);
		// A store that is full will not stay so.
		return (refusal instanceof ResourceAllocationException)
				? new PublishException(destination.name(), text, refusal)
				: new PublishRefusedException(destination.name(), text, refusal);
	}

	// Returns why there was no answer.
	private @Nullable JMSException attempt(Lane lane, OutboundMessage message, long deadline) {
		try {
			long left = deadline - System.nanoTime();
			if (left > this.timeout - this.timeout / 20) {
				lane.send(message);
			}
			else {
				lane.send(message, (int) Math.max(10, TimeUnit.NANOSECONDS.toMillis(left)), this.broker.adapter());
			}
		}
		catch (JMSException ex) {
			this.lanes.discard(lane, ex);
			return ex;
		}
		catch (RuntimeException ex) {
			this.lanes.discard(lane, ex);
			throw ex;
		}
		if (this.outage.reason() != null) {
			this.outage.regained();
		}
		this.lanes.release(lane);
		return null;
	}

	// What a client that reconnects by itself is given now, it would send some time
	// later: then nobody would know about a message that is still here.
	private Lane lane(NamedDestination destination, long deadline) {
		Lane lane = this.lanes.lane(destination, deadline);
		while (!lane.link().isConnected()) {
			if (lane.link().isBroken()) {
				this.lanes.release(lane);
				lane = this.lanes.lane(destination, deadline);
			}
			else if (!sleep(POLL, deadline)) {
				this.lanes.release(lane);
				TimeoutException cause = new TimeoutException("no connection");
				this.outage.lost(cause);
				throw this.lanes.notConnected(destination, cause);
			}
		}
		return lane;
	}

	private static boolean sleep(long nanos, long deadline) {
		LockSupport.parkNanos(Math.min(nanos, deadline - System.nanoTime()));
		return System.nanoTime() < deadline && !Thread.currentThread().isInterrupted();
	}

	void close() {
		this.lanes.close();
	}

}
