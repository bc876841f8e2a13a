package org.activemessaging.permit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.ConnectionLoop;
import org.activemessaging.broker.QueueCounting;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Sees to it that there are as many permits as there are to be. Every instance of an
 * application has one; the one that holds the message of the keeper's queue, in an open
 * transaction, does the work. If its instance dies, the broker gives that message to
 * another.
 *
 * @since 0.1.0
 */
public final class PermitKeeper implements Runnable, AutoCloseable {

	private static final Log logger = LogFactory.getLog(PermitKeeper.class);

	// In milliseconds.
	private static final long BETWEEN_LOOKS = 500;

	// While a permit is being returned, it may be seen twice or not at all.
	private static final int LOOKS = 3;

	private final Permits permits;

	private final QueueCounting counting;

	private final Surplus surplus;

	private final ConnectionLoop loop;

	/**
	 * Creates a keeper, to be run by a thread of its own.
	 * @param permits the permits
	 * @param counting what counts them
	 * @param surplus what holders are told if there are too many
	 */
	public PermitKeeper(Permits permits, QueueCounting counting, Surplus surplus) {
		this.permits = permits;
		this.counting = counting;
		this.surplus = surplus;
		this.loop = new ConnectionLoop(permits.broker(), "messaging-permit-close-" + permits.owner(), logger,
				"The keeper of " + permits + " on " + permits.broker(), this::keepUntilStopped);
	}

	@Override
	public void run() {
		this.loop.run();
	}

	private void keepUntilStopped(Connection connection) throws JMSException {
		Session own = connection.createSession(true, Session.SESSION_TRANSACTED);
		Tools tools = new Tools(connection.createSession(true, Session.SESSION_TRANSACTED),
				connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
		connection.start();
		MessageConsumer consumer = this.permits.broker()
			.adapter()
			.createConsumer(own, this.permits.keeperQueue(), 0, null);
		this.loop.connected();
		while (!this.loop.isStopped(0)) {
			if (becomesKeeper(own, consumer, tools)) {
				keep(tools);
				own.rollback();
			}
		}
	}

	// Several instances that start at once may each see an empty queue and send a
	// message. Only who holds the single message of the queue is the keeper; who holds
	// one of several destroys it.
	private boolean becomesKeeper(Session own, MessageConsumer consumer, Tools tools) throws JMSException {
		Address queue = this.permits.keeperQueue();
		if (consumer.receive(BETWEEN_LOOKS) == null) {
			if (tools.count(queue) == 0) {
				tools.add(queue, 1);
			}
			return false;
		}
		if (tools.count(queue) == 1) {
			return true;
		}
		own.commit();
		this.loop.isStopped(ThreadLocalRandom.current().nextLong(BETWEEN_LOOKS));
		return false;
	}

	private void keep(Tools tools) throws JMSException {
		int looks = 0;
		long before = this.permits.number();
		// Without its message, as somebody has purged the queue, there may be another
		// keeper.
		while (!this.loop.isStopped(BETWEEN_LOOKS) && isStillKeeper(tools)) {
			long count = tools.count(this.permits.queue());
			boolean wrong = count != this.permits.number() && (looks == 0 || count == before);
			looks = wrong ? looks + 1 : 0;
			if (!wrong) {
				this.surplus.set(0);
			}
			before = count;
			if (looks == LOOKS) {
				correct(tools, (int) (this.permits.number() - count));
				looks = 0;
			}
		}
		this.surplus.set(0);
	}

	// The broker, or somebody, may have doubled the message; who holds another one and is
	// not the keeper destroys it.
	private boolean isStillKeeper(Tools tools) throws JMSException {
		Address queue = this.permits.keeperQueue();
		long count = tools.count(queue);
		if (count > 1) {
			AtomicInteger others = new AtomicInteger((int) count - 1);
			tools.remove(queue, () -> others.getAndDecrement() > 0);
		}
		return count > 0;
	}

	private void correct(Tools tools, int missing) throws JMSException {
		this.surplus.set(Math.max(0, -missing));
		if (missing > 0) {
			tools.add(this.permits.queue(), missing);
			logger.info(missing + " of " + this.permits.number() + " permits were missing, and are in "
					+ this.permits.queue() + " now");
			return;
		}
		logger.info(-missing + " permits too many are being removed from " + this.permits.queue()
				+ ", where there are to be " + this.permits.number());
		tools.remove(this.permits.queue(), this.surplus::takeOne);
	}

	/**
	 * Stops the keeper. What it holds goes back to the broker.
	 */
	@Override
	public void close() {
		this.loop.close();
	}

	/**
	 * Counts, adds and removes messages.
	 */
	private final class Tools {

		private final Session transacted;

		private final Session looking;

		Tools(Session transacted, Session looking) {
			this.transacted = transacted;
			this.looking = looking;
		}

		long count(Address queue) throws JMSException {
			return PermitKeeper.this.counting.count(this.looking, queue);
		}

		void add(Address queue, int number) throws JMSException {
			try (var producer = this.transacted.createProducer(null)) {
				for (int i = 0; i < number; i++) {
					PermitKeeper.this.permits.send(this.transacted, producer, queue);
				}
				this.transacted.commit();
			}
		}

		// What is held at this moment is removed when it has come back, or by its holder.
		void remove(Address queue, BooleanSupplier wanted) throws JMSException {
			try (MessageConsumer consumer = PermitKeeper.this.permits.broker()
				.adapter()
				.createConsumer(this.transacted, queue, 0, null)) {
				while (consumer.receive(BETWEEN_LOOKS) != null && wanted.getAsBoolean()) {
					this.transacted.commit();
				}
				this.transacted.rollback();
			}
		}

	}

}
