package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import org.jspecify.annotations.Nullable;

/**
 * The channel on which a session publishes. The broker confirms what it has taken, and
 * returns what it has no queue for. For use by the thread of the session.
 */
final class Publications {

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	// A quorum queue without a leader refuses messages until it has one.
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	// Returned before they are confirmed, by the thread that reads.
	private final Map<String, String> returned = new ConcurrentHashMap<>();

	private final RabbitMqConnection connection;

	private @Nullable Channel channel;

	Publications(RabbitMqConnection connection) {
		this.connection = connection;
	}

	/**
	 * Publishes messages, and waits until the broker has them.
	 * @param messages the messages
	 * @param timeout how long to wait, in milliseconds
	 */
	void publish(List<Outgoing> messages, int timeout) throws JMSException {
		long end = System.nanoTime() + Math.min(PATIENCE, TimeUnit.MILLISECONDS.toNanos(timeout) / 2);
		long pause = FIRST_PAUSE;
		while (!isPublished(messages, timeout)) {
			if (System.nanoTime() + pause - end > 0) {
				throw new ResourceAllocationException("The broker could not store a message");
			}
			LockSupport.parkNanos(pause);
			pause *= 2;
		}
	}

	private boolean isPublished(List<Outgoing> messages, int timeout) throws JMSException {
		try {
			return tryToPublish(messages, timeout);
		}
		catch (InvalidDestinationException ex) {
			if (ex.getCause() == null || Failures.code(ex.getCause()) != AMQP.NOT_FOUND) {
				throw ex;
			}
			// An exchange was deleted behind our back. Sent again are all, as nobody
			// knows
			// which of them the broker has.
			for (Outgoing message : messages) {
				this.connection.topology().forget(message.destination().getAmqpExchangeName());
			}
			return tryToPublish(messages, timeout);
		}
	}

	private boolean tryToPublish(List<Outgoing> messages, int timeout) throws JMSException {
		for (Outgoing message : messages) {
			this.connection.topology().exchange(message.destination().getAmqpExchangeName());
		}
		this.connection.checkBlocked();
		Channel channel = channel();
		try {
			for (Outgoing message : messages) {
				channel.basicPublish(message.destination().getAmqpExchangeName(),
						message.destination().getAmqpRoutingKey(), message.isMandatory(), message.properties(),
						message.body());
			}
			boolean taken = channel.waitForConfirms(timeout);
			checkReturned(messages);
			return taken;
		}
		catch (JMSException ex) {
			throw ex;
		}
		catch (TimeoutException ex) {
			close();
			this.connection.checkBlocked();
			throw Failures.unanswered("No word of the broker within " + timeout + " ms", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			close();
			throw Failures.unanswered("Interrupted while waiting for the broker's word", ex);
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw Failures.of("Not published", ex);
		}
		finally {
			this.returned.clear();
		}
	}

	private void checkReturned(List<Outgoing> messages) throws JMSException {
		for (Outgoing message : messages) {
			String reason = this.returned.get(message.properties().getMessageId());
			if (reason != null) {
				String queue = message.destination().getAmqpRoutingKey();
				this.connection.topology().forget(queue);
				throw new InvalidDestinationException("There is no queue " + queue + ": " + reason);
			}
		}
	}

	private Channel channel() throws JMSException {
		Channel current = this.channel;
		if (current != null && current.isOpen()) {
			return current;
		}
		Channel opened = this.connection.createChannel();
		try {
			opened.confirmSelect();
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("No confirms", ex);
		}
		opened.addReturnListener((message) -> this.returned.put(String.valueOf(message.getProperties().getMessageId()),
				message.getReplyText()));
		this.channel = opened;
		return opened;
	}

	void close() {
		Channel current = this.channel;
		this.channel = null;
		if (current != null) {
			try {
				current.abort();
			}
			catch (IOException | RuntimeException ex) {
				// Gone already.
			}
		}
	}

}
