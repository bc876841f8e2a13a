package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the messages that wait in a queue. What consumers hold is not among them.
 */
final class RabbitMqQueueInspector implements QueueInspector {

	private static final String SOURCE = "passive declare, ready only";

	// The broker logs an error for each look at a queue that is not there.
	private static final long NEXT_LOOK = TimeUnit.SECONDS.toNanos(10);

	private final Map<String, Long> missing = new HashMap<>();

	private final RabbitMqConnection connection;

	private @Nullable Channel channel;

	RabbitMqQueueInspector(RabbitMqConnection connection) {
		this.connection = connection;
	}

	@Override
	public List<QueueSample> inspect(Collection<String> queues, Duration limit) throws JMSException {
		long deadline = System.nanoTime() + limit.toNanos();
		List<QueueSample> samples = new ArrayList<>(queues.size());
		for (String queue : queues) {
			samples.add((System.nanoTime() < deadline) ? inspect(queue)
					: QueueSample.unknown(queue, "no time left to look", Instant.now()));
		}
		return samples;
	}

	private QueueSample inspect(String queue) throws JMSException {
		Long missedAt = this.missing.get(queue);
		if (missedAt != null && System.nanoTime() - missedAt < NEXT_LOOK
				&& !this.connection.topology().isDeclaredSince(queue, missedAt)) {
			return none(queue);
		}
		this.missing.remove(queue);
		try {
			AMQP.Queue.DeclareOk answer = channel().queueDeclarePassive(queue);
			// Of those that only ask for messages, the broker knows nothing.
			Long consumers = (answer.getConsumerCount() > 0) ? (long) answer.getConsumerCount() : null;
			return new QueueSample(queue, (long) answer.getMessageCount(), false, SOURCE, null, null, consumers,
					Instant.now());
		}
		catch (IOException | RuntimeException ex) {
			JMSException failure = Failures.of("Queue " + queue, ex);
			if (failure instanceof InvalidDestinationException) {
				this.missing.put(queue, System.nanoTime());
				return none(queue);
			}
			if (failure instanceof JMSSecurityException) {
				return QueueSample.unknown(queue, "no permission to look", Instant.now());
			}
			throw failure;
		}
	}

	@Override
	public Map<String, String> gaps() {
		return Map.of("oldestAge", "a look at a message would count as a delivery", "inFlight",
				"the broker counts what is ready only", "consumers", "the broker does not know of those that pull");
	}

	private static QueueSample none(String queue) {
		return new QueueSample(queue, 0L, true, "passive declare, no such queue", null, 0L, 0L, Instant.now());
	}

	// A queue that is not there costs the channel.
	private Channel channel() throws JMSException {
		Channel current = this.channel;
		if (current == null || !current.isOpen()) {
			current = this.connection.createChannel();
			this.channel = current;
		}
		return current;
	}

}
