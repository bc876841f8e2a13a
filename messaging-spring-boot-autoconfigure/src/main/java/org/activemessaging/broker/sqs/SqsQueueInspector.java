package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueueSample;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Asks for the attributes of queues, which are approximate.
 */
final class SqsQueueInspector implements QueueInspector {

	private static final String SOURCE = "queue attributes";

	private final SqsService service;

	SqsQueueInspector(SqsService service) {
		this.service = service;
	}

	@Override
	public List<QueueSample> inspect(Collection<String> queues, Duration limit) throws JMSException {
		long deadline = System.nanoTime() + limit.toNanos();
		List<QueueSample> samples = new ArrayList<>(queues.size());
		for (String queue : queues) {
			samples.add((System.nanoTime() < deadline) ? sample(queue)
					: QueueSample.unknown(queue, "no time left to look", Instant.now()));
		}
		return samples;
	}

	@Override
	public Map<String, String> gaps() {
		return Map.of("oldestAge", "no attribute of a queue, and a look at a message counts as a delivery", "consumers",
				"SQS knows of none");
	}

	private QueueSample sample(String queue) throws JMSException {
		Instant now = Instant.now();
		try {
			String url = this.service.queues().existing(queue);
			if (url == null) {
				return new QueueSample(queue, 0L, false, "no such queue", null, 0L, null, now);
			}
			Map<QueueAttributeName, String> attributes = attributes(queue, url);
			long inFlight = number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
			long depth = inFlight + number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
					+ number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);
			return new QueueSample(queue, depth, false, SOURCE, null, inFlight, null, now);
		}
		catch (InvalidDestinationException ex) {
			this.service.queues().forget(queue);
			return new QueueSample(queue, 0L, false, "no such queue", null, 0L, null, now);
		}
		catch (JMSSecurityException ex) {
			return QueueSample.unknown(queue, "no permission to read the queue's attributes", now);
		}
	}

	private Map<QueueAttributeName, String> attributes(String queue, String url) throws JMSException {
		SqsClient client = this.service.client();
		return this.service
			.ask("The attributes of queue " + queue + " were not read",
					() -> client.getQueueAttributes((request) -> request.queueUrl(url)
						.attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
								QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
								QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
						.attributes());
	}

	private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
		@Nullable String value = attributes.get(name);
		return (value != null) ? Long.parseLong(value) : 0;
	}

}
