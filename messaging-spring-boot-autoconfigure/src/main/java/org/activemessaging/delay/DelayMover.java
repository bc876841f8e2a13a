package org.activemessaging.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConnectionLoop;
import org.activemessaging.broker.MessageMove;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Brings the delayed messages of one broker back when they are due: straight to the queue
 * they came from, or to the destination they were published to, one transaction each.
 * Every instance of an application may have one; what one of them holds when it dies, the
 * broker gives to another.
 *
 * @since 0.1.0
 */
public final class DelayMover implements Runnable, AutoCloseable {

	private static final Log logger = LogFactory.getLog(DelayMover.class);

	private static final int PREFETCH = 32;

	private static final long IDLE_PAUSE = 100;

	private final Broker broker;

	private final DelayQueues queues;

	private final Function<DelayQueues.Origin, @Nullable Address> homes;

	private final ConnectionLoop loop;

	/**
	 * Creates a mover, to be run by a thread of its own.
	 * @param broker the broker
	 * @param queues the delay queues of the application
	 * @param homes the address that messages of an origin go to, or {@code null} for an
	 * origin that is none of this application
	 */
	public DelayMover(Broker broker, DelayQueues queues, Function<DelayQueues.Origin, @Nullable Address> homes) {
		this.broker = broker;
		this.queues = queues;
		this.homes = homes;
		this.loop = new ConnectionLoop(broker, "messaging-delay-close-" + broker.name(), logger,
				"The mover of delayed messages on " + broker, this::moveUntilStopped);
	}

	@Override
	public void run() {
		this.loop.run();
	}

	private void moveUntilStopped(Connection connection) throws JMSException {
		List<Slot> slots = new ArrayList<>();
		for (Duration step : this.queues.steps()) {
			slots.add(new Slot(connection.createSession(true, Session.SESSION_TRANSACTED), step));
		}
		connection.start();
		this.loop.connected();
		long pause = 0;
		while (!this.loop.isStopped(pause)) {
			long now = this.broker.clock().millis();
			pause = IDLE_PAUSE;
			for (Slot slot : slots) {
				pause = Math.min(pause, slot.moveDue(now));
			}
		}
	}

	/**
	 * Stops the mover. What it holds goes back to its queue.
	 */
	@Override
	public void close() {
		this.loop.close();
	}

	/**
	 * Waits until the mover has ended.
	 * @param timeout how long to wait at most
	 * @return whether it has
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public boolean awaitEnd(Duration timeout) throws InterruptedException {
		return this.loop.awaitEnd(timeout);
	}

	/**
	 * One delay queue, of which the head is held until its time has come.
	 */
	private final class Slot {

		private final Session session;

		private final Duration step;

		private final Address queue;

		private final MessageConsumer consumer;

		private final MessageProducer producer;

		private @Nullable Message head;

		private long headLeavesAt;

		Slot(Session session, Duration step) throws JMSException {
			this.session = session;
			this.step = step;
			this.queue = DelayMover.this.queues.queue(step);
			this.consumer = DelayMover.this.broker.adapter().createConsumer(session, this.queue, PREFETCH, null);
			this.producer = session.createProducer(null);
		}

		/**
		 * Moves what is due.
		 * @param now the current time
		 * @return how long the caller may pause, in milliseconds
		 */
		long moveDue(long now) throws JMSException {
			int moved = 0;
			while (moved < PREFETCH) {
				Message message = (this.head != null) ? this.head : next();
				if (message == null) {
					return (moved > 0) ? 0 : IDLE_PAUSE;
				}
				if (this.headLeavesAt > now) {
					return Math.min(IDLE_PAUSE, this.headLeavesAt - now);
				}
				move(message, now);
				this.session.commit();
				this.head = null;
				moved++;
			}
			return 0;
		}

		private @Nullable Message next() throws JMSException {
			this.head = this.consumer.receiveNoWait();
			if (this.head != null) {
				this.headLeavesAt = DelayQueues.leavesAt(dueAt(this.head), this.head.getJMSTimestamp(), this.step);
			}
			return this.head;
		}

		private void move(Message message, long now) throws JMSException {
			long dueAt = dueAt(message);
			MessageMove move = new MessageMove(message);
			if (dueAt > now) {
				move.delayedBy(Duration.ofMillis(dueAt - now))
					.to(DelayMover.this.broker, this.session, this.producer,
							DelayMover.this.queues.queueFor(dueAt - now));
				return;
			}
			move.without(MessagingHeaders.DUE_AT);
			if (!message.propertyExists(MessagingHeaders.ATTEMPT)) {
				// It was published with a delay, and arrives as it was published.
				move.without(MessagingHeaders.ORIGINAL_DESTINATION);
			}
			Address origin = origin(message);
			if (origin == null) {
				move.header(MessagingHeaders.FAILURE_KIND, "undeliverable").keepForEver();
				origin = Address.queue("DLQ." + this.queue.name());
				logger.warn("A delayed message belongs to no processor or destination of this application; moved to "
						+ origin);
			}
			move.to(DelayMover.this.broker, this.session, this.producer, origin);
		}

		// The address is looked up and never taken from the message: whoever can write to
		// the delay queue must not reach any queue of the broker by it.
		private @Nullable Address origin(Message message) throws JMSException {
			return DelayMover.this.homes.apply(new DelayQueues.Origin(
					String.valueOf(message.getStringProperty(MessagingHeaders.ORIGINAL_DESTINATION)),
					message.getStringProperty(MessagingHeaders.ORIGINAL_GROUP),
					message.getStringProperty(MessagingHeaders.ORIGINAL_ADDRESS)));
		}

		private static long dueAt(Message message) throws JMSException {
			return (message.getObjectProperty(MessagingHeaders.DUE_AT) instanceof Number due) ? due.longValue() : 0;
		}

	}

}
