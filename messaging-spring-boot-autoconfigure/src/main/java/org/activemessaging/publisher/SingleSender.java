package org.activemessaging.publisher;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.ResourceAllocationException;
import org.activemessaging.PublishException;
import org.activemessaging.PublishRefusedException;
import org.activemessaging.PublishUncertainException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages one by one, each with the broker's word that it has it. A message whose
 * answer is lost is sent again with the same id, as long as the publish may last.
 */
final class SingleSender {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final Broker broker;

	private final long timeout;

	private final OutageLog outage;

	private final PublisherLanes lanes;

	private final Consumer<OutboundMessage> repeats;

	/**
	 * Creates a sender.
	 * @param broker where to
	 * @param lanes the sessions it uses
	 * @param outage where a lost connection is noted
	 * @param repeats is told what is sent again
	 */
	SingleSender(Broker broker, PublisherLanes lanes, OutageLog outage, Consumer<OutboundMessage> repeats) {
		this.broker = broker;
		this.timeout = broker.profile().publishTimeout().toNanos();
		this.outage = outage;
		this.lanes = lanes;
		this.repeats = repeats;
	}

	/**
	 * Sends a message and waits for the broker's word.
	 * @param message the message
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @throws PublishException if the broker does not have the message
	 * @throws PublishUncertainException if nobody knows
	 */
	void send(OutboundMessage message, long deadline) {
		JMSException failure = attempt(message, deadline);
		if (failure != null) {
			if (this.broker.adapter().isRefusal(failure)) {
				throw refused(message.destination(), failure);
			}
			retry(message, failure, deadline);
		}
	}

	/**
	 * Sends a message again, of which nobody knows whether the broker has it.
	 * @param message the message
	 * @param first why nobody knows
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @throws PublishUncertainException if nobody knows afterwards either
	 */
	void retry(OutboundMessage message, JMSException first, long deadline) {
		this.outage.lost(first);
		long pause = FIRST_PAUSE;
		while (message.isPersistent() && PublisherLanes.sleep(pause, deadline)) {
			pause = Math.min(2 * pause, LONGEST_PAUSE);
			try {
				this.repeats.accept(message);
				JMSException failure = attempt(message, deadline);
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
		throw uncertain(message, first);
	}

	PublishUncertainException uncertain(OutboundMessage message, Exception cause) {
		NamedDestination destination = message.destination();
		return new PublishUncertainException(destination.name(), message.id(), "Nobody knows whether " + this.broker
				+ " has message " + message.id() + " to " + destination + ": " + OutageLog.describe(cause), cause);
	}

	PublishException refused(NamedDestination destination, JMSException refusal) {
		String text = "A message to " + destination + " was refused by " + this.broker + ": "
				+ OutageLog.describe(refusal);
		// A store that is full will not stay so.
		return (refusal instanceof ResourceAllocationException)
				? new PublishException(destination.name(), text, refusal)
				: new PublishRefusedException(destination.name(), text, refusal);
	}

	// Returns why there was no answer.
	private @Nullable JMSException attempt(OutboundMessage message, long deadline) {
		Lane lane = this.lanes.connected(message.destination(), false, deadline);
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

}
