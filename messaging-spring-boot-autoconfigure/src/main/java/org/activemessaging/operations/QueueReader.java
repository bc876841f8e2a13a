package org.activemessaging.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.ConnectionGuard;
import org.activemessaging.broker.OutageLog;
import org.activemessaging.broker.QueueBrowsing;
import org.activemessaging.broker.Support;

import org.springframework.jms.support.JmsUtils;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Looks at messages without taking them. Whoever asks waits for a bounded time; the
 * broker is asked by a few threads of their own.
 */
final class QueueReader {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final int AT_ONCE = 4;

	private static final long NEXT_MESSAGE = 1000;

	private final ThreadPoolExecutor executor;

	QueueReader() {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-browse-");
		threads.setDaemon(true);
		this.executor = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(4 * AT_ONCE), threads);
		this.executor.allowCoreThreadTimeOut(true);
	}

	/**
	 * Tells how messages can be looked at.
	 * @param broker their broker
	 * @param deadLetters whether nobody but operators takes them
	 */
	static Support support(Broker broker, boolean deadLetters) {
		Support browse = broker.adapter()
			.capabilities(broker.profile())
			.getOrDefault(Capability.BROWSE, Support.no("not known"));
		if (browse.available() && broker.adapter() instanceof QueueBrowsing || !deadLetters) {
			return browse;
		}
		return Support.emulated("received and given back, as the broker shows nothing: " + browse.how());
	}

	/**
	 * Looks at the first messages of a queue.
	 * @param broker the broker
	 * @param queue the queue
	 * @param support how to do so
	 * @param limit how many messages at most
	 * @param reading what is made of them, while their connection is open
	 * @return what was made of them
	 * @throws BrokerSilentException if the broker does not answer in time
	 */
	<T> T read(Broker broker, Address queue, Support support, int limit, Reading<T> reading) {
		ConnectionGuard guard = new ConnectionGuard();
		Future<T> future;
		try {
			future = this.executor.submit(() -> look(guard, broker, queue, support, limit, reading));
		}
		catch (RejectedExecutionException ex) {
			throw new BrokerSilentException("Too many look at queues at this moment; try again later", ex);
		}
		try {
			return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			future.cancel(true);
			guard.closeUnlessEnded("messaging-browse-close");
			throw new BrokerSilentException(
					"Broker '" + broker.name() + "' did not answer within " + LIMIT.toSeconds() + " s", null);
		}
		catch (ExecutionException ex) {
			throw new BrokerSilentException("Broker '" + broker.name() + "' could not be asked about " + queue + ": "
					+ OutageLog.describe((ex.getCause() != null) ? ex.getCause() : ex), ex.getCause());
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			Thread.currentThread().interrupt();
			throw new BrokerSilentException("Interrupted while waiting for broker '" + broker.name() + "'", ex);
		}
	}

	private static <T> T look(ConnectionGuard guard, Broker broker, Address queue, Support support, int limit,
			Reading<T> reading) throws JMSException {
		Connection connection = guard.open(broker);
		try {
			connection.start();
			if (support.level() == Support.Level.NATIVE) {
				Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
				return reading.of(((QueueBrowsing) broker.adapter()).browse(session, queue, limit));
			}
			return receive(connection, broker, queue, limit, reading);
		}
		finally {
			JmsUtils.closeConnection(connection);
		}
	}

	private static <T> T receive(Connection connection, Broker broker, Address queue, int limit, Reading<T> reading)
			throws JMSException {
		Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
		List<Message> messages = new ArrayList<>();
		long end = System.nanoTime() + LIMIT.toNanos() / 2;
		try (MessageConsumer consumer = broker.adapter().createConsumer(session, queue, Math.min(limit, 100), null)) {
			Message message = consumer.receive(NEXT_MESSAGE);
			while (message != null) {
				messages.add(message);
				boolean more = messages.size() < limit && System.nanoTime() - end < 0;
				message = more ? consumer.receive(NEXT_MESSAGE) : null;
			}
			return reading.of(messages);
		}
		finally {
			session.rollback();
			session.close();
		}
	}

	void close() {
		this.executor.shutdownNow();
	}

	/**
	 * Makes something of messages.
	 *
	 * @param <T> what is made
	 */
	@FunctionalInterface
	interface Reading<T> {

		T of(List<Message> messages) throws JMSException;

	}

}
