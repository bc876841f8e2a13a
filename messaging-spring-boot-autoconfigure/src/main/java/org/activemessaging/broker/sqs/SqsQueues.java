package org.activemessaging.broker.sqs;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queues that the application has used, by the names that it knows. They are created
 * when they are used first, unless that is switched off.
 */
final class SqsQueues {

	private static final Log logger = LogFactory.getLog(SqsQueues.class);

	// The longest that the service keeps a message that nobody takes: 14 days.
	private static final String RETENTION = "1209600";

	private static final int PAGE = 1000;

	private final Map<String, String> urls = new ConcurrentHashMap<>();

	private final Map<String, Groups> groups = new ConcurrentHashMap<>();

	private final Set<String> prepared = new ConcurrentSkipListSet<>();

	private final AtomicBoolean deniedIsLogged = new AtomicBoolean();

	private final SqsService service;

	SqsQueues(SqsService service) {
		this.service = service;
	}

	/**
	 * Returns the URL of a queue, which is created if need be.
	 */
	String url(String queue) throws JMSException {
		String url = this.urls.get(queue);
		if (url == null) {
			url = lookup(queue);
			url = (url != null) ? url : create(queue);
			this.urls.put(queue, url);
		}
		return url;
	}

	@Nullable String known(String queue) {
		return this.urls.get(queue);
	}

	/**
	 * Returns the URL of a queue, or {@code null} if there is no such queue.
	 */
	@Nullable String existing(String queue) throws JMSException {
		String url = this.urls.get(queue);
		if (url == null) {
			url = lookup(queue);
			if (url != null) {
				this.urls.put(queue, url);
			}
		}
		return url;
	}

	void forget(String queue) {
		this.urls.remove(queue);
	}

	private @Nullable String lookup(String queue) throws JMSException {
		SqsClient client = this.service.client();
		return this.service.ask("Queue " + queue + " was not found", () -> {
			try {
				return client.getQueueUrl((request) -> request.queueName(SqsNames.encode(queue))).queueUrl();
			}
			catch (SdkException ex) {
				if (SqsFailures.isMissingQueue(ex)) {
					return null;
				}
				throw ex;
			}
		});
	}

	private String create(String queue) throws JMSException {
		if (!this.service.settings().createQueues()) {
			throw new InvalidDestinationException("There is no queue '" + SqsNames.encode(queue) + "' on SQS, and"
					+ " 'messaging.broker." + this.service.profile().name() + ".properties.create-queues' is false");
		}
		try {
			SqsNames.check(queue);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDestinationException(ex.getMessage());
		}
		Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
		attributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, RETENTION);
		if (SqsNames.isFifo(queue)) {
			attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
		}
		SqsClient client = this.service.client();
		String url = this.service.ask("Queue " + queue + " was not created",
				() -> client.createQueue((request) -> request.queueName(SqsNames.encode(queue)).attributes(attributes))
					.queueUrl());
		logger.info("Created queue " + SqsNames.encode(queue) + " on " + this.service.profile());
		return url;
	}

	/**
	 * Does something with a queue, if need be once more after the queue was created
	 * again.
	 */
	<T> T on(String queue, String what, Call<T> call) throws JMSException {
		SqsClient client = this.service.client();
		boolean known = this.urls.containsKey(queue);
		String url = url(queue);
		try {
			return call.on(client, url);
		}
		catch (SdkException ex) {
			if (!known || !SqsFailures.isMissingQueue(ex)) {
				throw SqsFailures.translate(what, ex);
			}
		}
		forget(queue);
		String created = url(queue);
		return this.service.ask(what, () -> call.on(client, created));
	}

	/**
	 * Creates the queue of a group, and has messages sent to it from now on.
	 */
	void prepare(String queue) throws JMSException {
		url(queue);
		this.prepared.add(queue);
	}

	/**
	 * Returns the queues of the groups of a virtual topic.
	 */
	Set<String> groups(String topic) throws JMSException {
		Set<String> result = new TreeSet<>();
		for (String queue : this.prepared) {
			if (SqsNames.isGroupQueue(topic, queue)) {
				result.add(queue);
			}
		}
		Groups known = this.groups.get(topic);
		if (known == null || System.nanoTime() - known.until() >= 0) {
			known = new Groups(list(topic), System.nanoTime() + this.service.settings().groupRefresh().toNanos());
			this.groups.put(topic, known);
		}
		result.addAll(known.queues());
		return result;
	}

	private List<String> list(String topic) throws JMSException {
		SqsClient client = this.service.client();
		List<String> queues = new ArrayList<>();
		String next = null;
		do {
			String token = next;
			ListQueuesResponse page = this.service.ask("The groups of " + topic + " were not found",
					() -> page(client, topic, token));
			for (String url : page.queueUrls()) {
				String queue = SqsNames.decode(url.substring(url.lastIndexOf('/') + 1));
				if (SqsNames.isGroupQueue(topic, queue)) {
					this.urls.putIfAbsent(queue, url);
					queues.add(queue);
				}
			}
			next = page.nextToken();
		}
		while (next != null && !next.isEmpty());
		return queues;
	}

	private ListQueuesResponse page(SqsClient client, String topic, @Nullable String token) {
		try {
			return client.listQueues(ListQueuesRequest.builder()
				.queueNamePrefix(SqsNames.groupPrefix(topic))
				.maxResults(PAGE)
				.nextToken(token)
				.build());
		}
		catch (SdkException ex) {
			if (!SqsFailures.isDenied(ex)) {
				throw ex;
			}
			if (this.deniedIsLogged.compareAndSet(false, true)) {
				logger.warn("Without the permission sqs:ListQueues on " + this.service.profile()
						+ ", virtual topics are sent to the groups only that the application configures or consumes"
						+ " for");
			}
			return ListQueuesResponse.builder().build();
		}
	}

	/**
	 * The groups that were found.
	 *
	 * @param queues their queues
	 * @param until until when that is believed
	 */
	private record Groups(List<String> queues, long until) {
	}

	/**
	 * A request about a queue.
	 *
	 * @param <T> the type of the answer
	 */
	@FunctionalInterface
	interface Call<T> {

		/**
		 * Asks.
		 * @param client the client
		 * @param url the URL of the queue
		 * @return the answer
		 */
		T on(SqsClient client, String url);

	}

}
