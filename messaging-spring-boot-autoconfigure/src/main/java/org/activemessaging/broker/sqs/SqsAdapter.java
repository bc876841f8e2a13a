package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.NativeDelay;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.Support;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;

import static java.util.Map.entry;

/**
 * Speaks to Amazon SQS, by the AWS SDK and in the message format of Amazon's library for
 * Jakarta Messaging. The library itself does without transactions, and cannot be closed
 * in less than 20 seconds; so sessions and consumers are those of this package.
 *
 * @since 0.1.0
 */
public final class SqsAdapter implements BrokerAdapter, NativeDelay, QueuePurging {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "sqs";

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(SqsEncoder.LONGEST_DELAY);

	private static final Map<Capability, Support> CAPABILITIES = new EnumMap<>(Map.ofEntries(
			entry(Capability.ATOMIC_MOVE, Support.emulated("sent with the service's word, then deleted")),
			entry(Capability.INDIVIDUAL_ACKNOWLEDGE, Support.natively("DeleteMessage")),
			entry(Capability.VIRTUAL_TOPICS, Support.emulated("a queue per group, to each of which is sent")),
			entry(Capability.DURABLE_SUBSCRIPTIONS, Support.no("there are no topics")),
			entry(Capability.TOPICS, Support.no("SQS has queues only")),
			entry(Capability.MESSAGE_GROUPS, Support.natively("FIFO queues, whose names end with .fifo")),
			entry(Capability.SELECTORS, Support.no("SQS gives out any message")),
			entry(Capability.PRIORITY, Support.no("SQS has no priorities")),
			entry(Capability.EXPIRY, Support.emulated("dropped when it is received")),
			entry(Capability.DELAY, Support.natively("DelaySeconds, up to 15 minutes, not in FIFO queues")),
			entry(Capability.DELIVERY_COUNT, Support.natively("ApproximateReceiveCount")),
			entry(Capability.PREFETCH, Support.natively("MaxNumberOfMessages")),
			entry(Capability.DEPTH, Support.natively("queue attributes, approximate")),
			entry(Capability.OLDEST_AGE, Support.no("SQS tells CloudWatch only")),
			entry(Capability.BROWSE, Support.no("a look at a message counts as a delivery")),
			entry(Capability.CLUSTER_CONCURRENCY, Support.no("no transactions, and numbers are approximate")),
			entry(Capability.WILDCARDS, Support.no("a queue has one name")),
			entry(Capability.PURGE, Support.natively("PurgeQueue, within a minute of another one by receiving"))));

	private final List<ExecutionInterceptor> interceptors;

	/**
	 * Creates the adapter.
	 */
	public SqsAdapter() {
		this(List.of());
	}

	SqsAdapter(List<ExecutionInterceptor> interceptors) {
		this.interceptors = interceptors;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean understands(String url) {
		return SqsSettings.understands(url);
	}

	@Override
	public Map<Capability, Support> capabilities(BrokerProfile profile) {
		return CAPABILITIES;
	}

	@Override
	public ConnectionFactory createConnectionFactory(BrokerProfile profile) {
		SqsSettings settings = SqsSettings.of(profile);
		if ((profile.user() == null) != (profile.password() == null)) {
			throw new MessagingConfigurationException(
					"The broker '" + profile.name() + "' has one of access key and secret key only.",
					"Set both 'messaging.broker." + profile.name() + ".user' and 'messaging.broker." + profile.name()
							+ ".password', or none to use the credentials that the AWS SDK finds by itself.");
		}
		if (profile.tls() != null && settings.isPlain()) {
			throw new MessagingConfigurationException(
					"The broker '" + profile.name() + "' has an SSL bundle, but its URL, " + profile.displayUrl()
							+ ", is one without TLS.",
					"Begin 'messaging.broker." + profile.name() + ".url' with 'https:', or remove 'messaging.broker."
							+ profile.name() + ".ssl.bundle'.");
		}
		return new SqsConnectionFactory(new SqsService(profile, settings, this.interceptors));
	}

	@Override
	public void check(Address address) {
		if (!address.topic()) {
			SqsNames.check(address.name());
			return;
		}
		String virtualTopic = SqsNames.recogniseVirtualTopic(address.name());
		if (virtualTopic.isEmpty()) {
			throw new IllegalArgumentException("SQS has no plain topics, so '" + address.name()
					+ "' cannot be one; queues and virtual topics are allowed");
		}
		SqsNames.check(SqsNames.groupQueue(virtualTopic, "g"));
	}

	@Override
	public String nameOnBroker(Address address) {
		return address.topic()
				? SqsNames.groupPrefix(address.name()) + "*" + (SqsNames.isFifo(address.name()) ? SqsNames.FIFO : "")
				: SqsNames.encode(address.name());
	}

	@Override
	public int individualAcknowledge() {
		return SqsSession.INDIVIDUAL_ACKNOWLEDGE;
	}

	@Override
	public Address virtualTopic(String virtualTopic) {
		return Address.topic(SqsNames.topic(virtualTopic));
	}

	@Override
	public Address groupQueue(String virtualTopic, String group) {
		return Address.queue(SqsNames.groupQueue(virtualTopic, group));
	}

	@Override
	public @Nullable String recogniseVirtualTopic(String topic) {
		String virtualTopic = SqsNames.recogniseVirtualTopic(topic);
		return virtualTopic.isEmpty() ? null : virtualTopic;
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException {
		if (selector != null && !selector.isEmpty()) {
			throw new InvalidSelectorException("SQS has no selectors");
		}
		if (address.topic()) {
			throw new InvalidDestinationException("SQS has no topics to consume, only queues of their groups");
		}
		SqsSession sqs = (SqsSession) session;
		if (!address.name().startsWith(SqsNames.DELAY)) {
			sqs.queues().prepare(address.name());
		}
		return sqs.createConsumer(address.name(), prefetch);
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		if (address.topic() && SqsNames.recogniseVirtualTopic(address.name()).isEmpty()) {
			throw new InvalidDestinationException("SQS has no plain topics");
		}
		return new SqsDestination(address.name(), address.topic());
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		for (Address queue : queues) {
			((SqsSession) session).queues().prepare(queue.name());
		}
	}

	@Override
	public QueueInspector inspector(Session session) throws JMSException {
		return new SqsQueueInspector(((SqsSession) session).service());
	}

	@Override
	public boolean isConnected(Connection connection) {
		return !(connection instanceof SqsConnection sqs) || !sqs.isBroken();
	}

	@Override
	public int exchangeSendTimeout(MessageProducer producer, int millis) {
		return (producer instanceof SqsProducer sqs) ? sqs.exchangeTimeout(millis) : 0;
	}

	@Override
	public Duration longestDelay(Address queue) {
		return (queue.topic() || SqsNames.isFifo(queue.name())) ? Duration.ZERO : LONGEST_DELAY;
	}

	/**
	 * Removes the messages of a queue, also those that consumers have been handed.
	 * @param connection a started connection
	 * @param queue the queue
	 * @param limit how long it may take
	 * @return how many messages there were, approximately
	 * @throws JMSException if the broker refuses it
	 */
	@Override
	public long purge(Connection connection, Address queue, Duration limit) throws JMSException {
		SqsService service = ((SqsConnection) connection).service();
		String url = service.queues().existing(queue.name());
		if (url == null) {
			return 0;
		}
		Long depth = new SqsQueueInspector(service).inspect(List.of(queue.name()), limit).get(0).depth();
		SqsClient client = service.client();
		try {
			client.purgeQueue((request) -> request.queueUrl(url));
			return (depth != null) ? depth : 0;
		}
		catch (PurgeQueueInProgressException ex) {
			return QueuePurging.super.purge(connection, queue, limit);
		}
		catch (SdkException ex) {
			throw SqsFailures.translate("Queue " + queue.name() + " was not purged", ex);
		}
	}

	// Requests do not wait for each other, and one with ten messages is no faster.
	@Override
	public int concurrentSends() {
		return 64;
	}

}
