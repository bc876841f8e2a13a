package org.activemessaging.publisher;

import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.jms.JMSException;
import org.activemessaging.PublishException;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.OutageLog;

/**
 * Sends several messages so that they become durable together: in one transaction, or in
 * what the adapter's transacted sessions do instead.
 */
final class Transactions {

	// What the client needs to give up.
	private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(50);

	private final Broker broker;

	private final PublisherLanes lanes;

	private final OutageLog outage;

	Transactions(Broker broker, PublisherLanes lanes, OutageLog outage) {
		this.broker = broker;
		this.lanes = lanes;
		this.outage = outage;
	}

	/**
	 * Makes sure that there is a connection, and that nothing is missed of what is
	 * published to some destinations.
	 * @param messages what is to be sent
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @return the lane
	 * @throws PublishException if there is no connection in time
	 */
	Lane lane(List<OutboundMessage> messages, long deadline) {
		Lane lane = this.lanes.connected(messages.get(0).destination(), true, deadline);
		try {
			for (OutboundMessage message : messages) {
				if (!lane.link().isPrepared(message.destination())) {
					this.lanes.prepare(message.destination(), deadline);
				}
			}
			return lane;
		}
		catch (PublishException ex) {
			this.lanes.release(lane);
			throw ex;
		}
	}

	void release(Lane lane) {
		this.lanes.release(lane);
	}

	/**
	 * Sends messages.
	 * @param lane where, which is given back
	 * @param messages the messages, in order
	 * @param deadline when to give up, as of {@link System#nanoTime()}
	 * @return what became of them
	 */
	Verdict send(Lane lane, List<OutboundMessage> messages, long deadline) {
		boolean committing = false;
		Watch watch = new Watch(deadline + GRACE - System.nanoTime(), () -> this.lanes.abandon(lane.link()));
		try {
			for (OutboundMessage message : messages) {
				lane.send(message);
			}
			committing = true;
			lane.session().commit();
		}
		catch (JMSException ex) {
			this.lanes.discard(lane, ex);
			return (committing && this.broker.adapter().isConnectionLost(ex)) ? Verdict.unanswered(ex)
					: Verdict.apart(ex);
		}
		catch (RuntimeException ex) {
			this.lanes.discard(lane, ex);
			return Verdict.apart(ex);
		}
		finally {
			watch.end();
		}
		if (this.outage.reason() != null) {
			this.outage.regained();
		}
		this.lanes.release(lane);
		return Verdict.SENT;
	}

}
