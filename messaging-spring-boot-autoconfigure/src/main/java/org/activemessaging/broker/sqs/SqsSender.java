package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends messages, and looks at the result of each of them.
 */
final class SqsSender {

	private static final int BATCH = 10;

	// What all services take; a larger message is sent alone.
	private static final int BATCH_SIZE = 256 * 1024;

	private static final int TRIES = 3;

	private static final long PAUSE = Duration.ofMillis(50).toNanos();

	private final SqsQueues queues;

	SqsSender(SqsQueues queues) {
		this.queues = queues;
	}

	/**
	 * Sends a message, and returns when the service has it in each of its queues.
	 * @param destination where to
	 * @param message the message
	 * @param timeout how long to wait for each queue
	 */
	void send(Destination destination, SqsEncoded message, Duration timeout) throws JMSException {
		for (String queue : targets(destination)) {
			boolean fifo = SqsNames.isFifo(queue);
			this.queues.on(queue, "A message to queue " + queue + " was not sent",
					(client, url) -> client.sendMessage(message.request(url, fifo)
						.overrideConfiguration((request) -> request.apiCallTimeout(timeout))
						.build()));
		}
	}

	/**
	 * Sends messages, and returns when the service has all of them.
	 * @param items the messages
	 */
	void send(List<Item> items) throws JMSException {
		Map<String, List<SqsEncoded>> messages = new LinkedHashMap<>();
		for (Item item : items) {
			for (String queue : targets(item.destination())) {
				messages.computeIfAbsent(queue, (name) -> new ArrayList<>()).add(item.message());
			}
		}
		for (Map.Entry<String, List<SqsEncoded>> target : messages.entrySet()) {
			sendAll(target.getKey(), target.getValue());
		}
	}

	// Not atomic: a failure in between leaves a message with some of the groups.
	private Iterable<String> targets(Destination destination) throws JMSException {
		if (!(destination instanceof SqsDestination sqs)) {
			throw new InvalidDestinationException("The destination is none of this broker");
		}
		return sqs.topic() ? this.queues.groups(sqs.name()) : List.of(sqs.name());
	}

	private void sendAll(String queue, List<SqsEncoded> messages) throws JMSException {
		List<SqsEncoded> batch = new ArrayList<>(BATCH);
		int size = 0;
		for (SqsEncoded message : messages) {
			int added = message.size();
			if (!batch.isEmpty() && (batch.size() == BATCH || size + added > BATCH_SIZE)) {
				sendBatch(queue, batch);
				batch = new ArrayList<>(BATCH);
				size = 0;
			}
			batch.add(message);
			size += added;
		}
		sendBatch(queue, batch);
	}

	// What the service says it has not taken can be sent again as it is, and with the
	// same deduplication id.
	private void sendBatch(String queue, List<SqsEncoded> batch) throws JMSException {
		boolean fifo = SqsNames.isFifo(queue);
		List<SqsEncoded> rest = batch;
		BatchResultErrorEntry failure = null;
		for (int attempt = 1; attempt <= TRIES && !rest.isEmpty(); attempt++) {
			if (attempt > 1) {
				LockSupport.parkNanos(attempt * PAUSE);
			}
			List<SqsEncoded> failed = new ArrayList<>();
			failure = null;
			for (BatchResultErrorEntry entry : sendOnce(queue, rest, fifo).failed()) {
				failed.add(rest.get(Integer.parseInt(entry.id())));
				failure = (failure == null || Boolean.TRUE.equals(entry.senderFault())) ? entry : failure;
			}
			rest = failed;
			if (failure != null && Boolean.TRUE.equals(failure.senderFault())) {
				break;
			}
		}
		if (failure != null) {
			throw refused(queue, batch.size(), rest, failure);
		}
	}

	private SendMessageBatchResponse sendOnce(String queue, List<SqsEncoded> batch, boolean fifo) throws JMSException {
		List<SendMessageBatchRequestEntry> entries = new ArrayList<>(batch.size());
		for (int i = 0; i < batch.size(); i++) {
			entries.add(batch.get(i).entry(String.valueOf(i), fifo));
		}
		return this.queues.on(queue, batch.size() + " messages to queue " + queue + " were not sent",
				(client, url) -> client.sendMessageBatch((request) -> request.queueUrl(url).entries(entries)));
	}

	private static JMSException refused(String queue, int all, List<SqsEncoded> rest, BatchResultErrorEntry failure) {
		List<String> ids = rest.stream().map(SqsEncoded::id).toList();
		@Nullable String reason = failure.message();
		return SqsFailures.ofEntry(rest.size() + " of " + all + " messages to queue " + queue
				+ " were not taken by SQS, " + ids + ": " + failure.code() + ((reason != null) ? ": " + reason : ""),
				failure.code());
	}

	/**
	 * A message to send.
	 *
	 * @param destination where to
	 * @param message the message
	 */
	record Item(Destination destination, SqsEncoded message) {
	}

}
