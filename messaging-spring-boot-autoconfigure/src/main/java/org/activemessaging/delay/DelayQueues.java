package org.activemessaging.delay;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.broker.MessageMove;
import org.activemessaging.broker.NativeDelay;
import org.jspecify.annotations.Nullable;

/**
 * The delay queues of an application, the same few on every broker: one for each step of
 * a fixed ladder. A message waits in the queue of the longest step that is not longer
 * than its delay, so all messages of one queue wait about equally long, and its head is
 * the next one due. A delay of two steps or more is waited in several turns.
 * <p>
 * As the ladder does not depend on the configuration, no change of the redelivery policy
 * leaves messages behind in a queue that nobody reads any more.
 *
 * @since 0.1.0
 */
public final class DelayQueues {

	/**
	 * What the name of each delay queue begins with.
	 */
	public static final String PREFIX = "DELAY.";

	private static final List<Duration> LADDER = Stream.of(1, 4, 16, 64, 256, 1024).map(Duration::ofSeconds).toList();

	private final String application;

	/**
	 * Creates the delay queues of an application.
	 * @param application the name of the application
	 */
	public DelayQueues(String application) {
		this.application = application;
	}

	/**
	 * Returns all of them.
	 * @return the addresses, that of the shortest delay first
	 */
	public List<Address> all() {
		return LADDER.stream().map(this::queue).toList();
	}

	List<Duration> steps() {
		return LADDER;
	}

	Address queue(Duration step) {
		return Address.queue(PREFIX + this.application + "." + step.toSeconds() + "s");
	}

	/**
	 * Moves a message to a delay queue, in the transaction in which it was received.
	 * @param transaction the transaction
	 * @param message the message
	 * @param origin where it is to return to
	 * @param headers headers to set
	 * @param delay how long it is to wait
	 * @throws JMSException if the broker refuses it; the transaction is to be rolled back
	 */
	public void delay(ConsumerTransaction transaction, Message message, Origin origin, Headers headers, Duration delay)
			throws JMSException {
		MessageMove move = new MessageMove(message);
		headers.on(move);
		move.header(MessagingHeaders.ORIGINAL_DESTINATION, origin.destination());
		if (origin.group() != null) {
			move.header(MessagingHeaders.ORIGINAL_GROUP, origin.group());
		}
		move.header(MessagingHeaders.DUE_AT, transaction.broker().clock().millis() + delay.toMillis());
		move.delayedBy(delay)
			.to(transaction.broker(), transaction.session(), transaction.producer(), queueFor(delay.toMillis()));
	}

	/**
	 * Has a new message wait in a delay queue.
	 * @param broker the broker
	 * @param producer what sends it
	 * @param message the message, complete but for what this adds
	 * @param hold how long it has to wait, and for what
	 * @param send sends it to a queue
	 * @throws JMSException if the broker refuses it
	 */
	public void hold(Broker broker, MessageProducer producer, Message message, Hold hold, Send send)
			throws JMSException {
		message.setStringProperty(MessagingHeaders.ORIGINAL_DESTINATION, hold.destination());
		message.setLongProperty(MessagingHeaders.DUE_AT, hold.dueAt());
		Address queue = queueFor(hold.remaining());
		long natively = (broker.adapter() instanceof NativeDelay adapter)
				? Math.min(adapter.longestDelay(queue).toMillis(), hold.remaining()) : 0;
		if (natively == 0) {
			send.to(queue);
			return;
		}
		producer.setDeliveryDelay(natively);
		try {
			send.to(queue);
		}
		finally {
			producer.setDeliveryDelay(0);
		}
	}

	/**
	 * Returns where a message waits.
	 * @param remaining how long it has to wait, in milliseconds
	 * @return the address of the queue
	 */
	Address queueFor(long remaining) {
		return queue(stepFor(remaining));
	}

	/**
	 * Returns when a message is to leave a delay queue.
	 * @param due when it is due, in milliseconds since the epoch
	 * @param arrived when it came into the queue
	 * @param step the step of the queue
	 * @return the time at which it is due, or has to go on to another queue so that it
	 * does not hold up those behind it
	 */
	static long leavesAt(long due, long arrived, Duration step) {
		return (due - arrived < 2 * step.toMillis()) ? due : arrived + step.toMillis();
	}

	private static Duration stepFor(long delay) {
		Duration result = LADDER.get(0);
		for (Duration step : LADDER) {
			if (step.toMillis() <= delay) {
				result = step;
			}
		}
		return result;
	}

	/**
	 * Where a delayed message returns to.
	 *
	 * @param destination the logical name of the destination
	 * @param group the consumer group, for a virtual topic
	 * @param address the physical name of the queue it came from, or {@code null} if it
	 * came from none; of importance to destinations with a wildcard only
	 */
	public record Origin(String destination, @Nullable String group, @Nullable String address) {
	}

	/**
	 * How long a new message has to wait.
	 *
	 * @param destination the logical name of the destination it is published to then
	 * @param dueAt when it is due, in milliseconds since the epoch
	 * @param remaining how long that is from now, in milliseconds
	 */
	public record Hold(String destination, long dueAt, long remaining) {
	}

	/**
	 * Sends a message.
	 */
	@FunctionalInterface
	public interface Send {

		/**
		 * Sends it.
		 * @param queue where to
		 * @throws JMSException if the broker refuses it
		 */
		void to(Address queue) throws JMSException;

	}

	/**
	 * Sets headers on a message that is moved.
	 */
	@FunctionalInterface
	public interface Headers {

		/**
		 * Sets them.
		 * @param move the move
		 * @throws JMSException if the message cannot be read
		 */
		void on(MessageMove move) throws JMSException;

	}

}
