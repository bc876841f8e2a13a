package org.activemessaging.broker.activemq;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.DurableSubscribing;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.NativeDeadLetters;
import org.activemessaging.broker.QueueBrowsing;
import org.activemessaging.broker.QueueCounting;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.QueueRemoval;
import org.activemessaging.broker.Support;
import org.activemessaging.broker.VirtualTopicNames;
import org.apache.activemq.ActiveMQConnection;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQMessageProducer;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * Speaks to ActiveMQ Classic by its own client, over {@code tcp}, {@code nio},
 * {@code ssl}, {@code failover} and {@code vm}. Virtual topics are the broker's own, in
 * its default naming.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://activemq.apache.org/components/classic/documentation/virtual-destinations">
 * Virtual destinations</a>
 */
public final class ActiveMqAdapter implements BrokerAdapter, QueueBrowsing, QueuePurging, NativeDeadLetters,
		QueueCounting, QueueRemoval, DurableSubscribing {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "activemq";

	private static final Map<Capability, Support> CAPABILITIES = new EnumMap<>(
			Map.ofEntries(entry(Capability.ATOMIC_MOVE, Support.natively("transaction")),
					entry(Capability.INDIVIDUAL_ACKNOWLEDGE, Support.natively("INDIVIDUAL_ACKNOWLEDGE")),
					entry(Capability.VIRTUAL_TOPICS, Support.natively("VirtualTopic.N and Consumer.g.VirtualTopic.N")),
					entry(Capability.TOPICS, Support.natively("topic")),
					entry(Capability.DURABLE_SUBSCRIPTIONS, Support.natively("client id and subscription name")),
					entry(Capability.MESSAGE_GROUPS, Support.natively("JMSXGroupID")),
					entry(Capability.SELECTORS, Support.natively("by the broker")),
					entry(Capability.PRIORITY, Support.natively("with the broker's policy prioritizedMessages")),
					entry(Capability.EXPIRY, Support.natively("time to live")),
					entry(Capability.DELAY, Support.emulated("delay queues")),
					entry(Capability.DELIVERY_COUNT, Support.natively("JMSXDeliveryCount")),
					entry(Capability.PREFETCH, Support.natively("consumer.prefetchSize")),
					entry(Capability.DEPTH, Support.natively("statistics plugin, else at most 400 by browsing")),
					entry(Capability.OLDEST_AGE, Support.natively("statistics plugin, else by browsing")),
					entry(Capability.BROWSE, Support.natively("at most 400, or the broker's maxBrowsePageSize")),
					entry(Capability.CLUSTER_CONCURRENCY, Support.natively("permits in a queue of the broker")),
					entry(Capability.WILDCARDS, Support.natively("queues, topics and virtual topics")),
					entry(Capability.PURGE, Support.emulated("receive until empty"))));

	private static final String FRAME_TOO_LARGE = "41300";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean understands(String url) {
		return ActiveMqUrl.SCHEMES.contains(BrokerUrl.scheme(url));
	}

	@Override
	public Map<Capability, Support> capabilities(BrokerProfile profile) {
		return CAPABILITIES;
	}

	@Override
	public ConnectionFactory createConnectionFactory(BrokerProfile profile) {
		return ActiveMqConnectionFactories.create(profile);
	}

	@Override
	public @Nullable ConnectionFactory adoptConnectionFactory(ConnectionFactory connectionFactory,
			BrokerProfile profile) {
		return (connectionFactory instanceof ActiveMQConnectionFactory activeMq)
				? ActiveMqConnectionFactories.adopt(activeMq, profile) : null;
	}

	// A browser of this broker also sees what consumers hold.
	@Override
	public long count(Session session, Address queue) throws JMSException {
		return browse(session, queue, Integer.MAX_VALUE).size();
	}

	@Override
	public int individualAcknowledge() {
		return ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE;
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException {
		dispatchByConsumer(session);
		String name = withPrefetch(address, prefetch);
		return session.createConsumer(address.topic() ? session.createTopic(name) : session.createQueue(name),
				selector);
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address topic, DurableSubscription subscription,
			int prefetch, @Nullable String selector) throws JMSException {
		dispatchByConsumer(session);
		return session.createDurableSubscriber(session.createTopic(withPrefetch(topic, prefetch)), subscription.name(),
				selector, false);
	}

	// Who asks for messages needs no thread of the client that hands them out.
	private static void dispatchByConsumer(Session session) {
		if (session instanceof ActiveMQSession activeMq) {
			activeMq.setSessionAsyncDispatch(false);
		}
	}

	private static String withPrefetch(Address address, int prefetch) {
		return address.name() + "?consumer.prefetchSize=" + prefetch;
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		return address.topic() ? session.createTopic(address.name()) : session.createQueue(address.name());
	}

	// What a group is given says which topic it came from.
	@Override
	public @Nullable Address publishedTo(Message message) throws JMSException {
		Address published = BrokerAdapter.super.publishedTo(message);
		ActiveMQDestination origin = ((ActiveMQMessage) message).getOriginalDestination();
		boolean ofGroup = published != null && !published.topic()
				&& VirtualTopicNames.topicOf(published.name()) != null;
		return (ofGroup && origin != null && origin.isTopic()) ? Address.topic(origin.getPhysicalName()) : published;
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		for (Address queue : queues) {
			// The broker makes a queue with its first consumer; with a prefetch of zero
			// this one is handed no message before it closes.
			createConsumer(session, queue, 0, null).close();
		}
	}

	@Override
	public void remove(Connection connection, Address queue) throws JMSException {
		((ActiveMQConnection) connection).destroyDestination(new ActiveMQQueue(queue.name()));
	}

	@Override
	public QueueInspector inspector(Session session) throws JMSException {
		return new ActiveMqQueueInspector(session);
	}

	@Override
	public boolean isConnected(Connection connection) {
		return !(connection instanceof ActiveMQConnection activeMq) || activeMq.getTransport().isConnected();
	}

	@Override
	public boolean isRefusal(JMSException failure) {
		return BrokerAdapter.super.isRefusal(failure) || FRAME_TOO_LARGE.equals(failure.getErrorCode());
	}

	// The scheduler stores its copy after the commit, in a store of its own.
	@Override
	public boolean escapesTransactions(String name) {
		return name.startsWith("AMQ_SCHEDULED_");
	}

	// The broker serves one connection after its commands: the next one waits for the
	// disk.
	@Override
	public int concurrentSends() {
		return 1;
	}

	// With a timeout the client waits for an answer to each message in a transaction,
	// too.
	@Override
	public void confirmByCommit(MessageProducer producer) {
		exchangeSendTimeout(producer, 0);
	}

	@Override
	public int exchangeSendTimeout(MessageProducer producer, int millis) {
		if (producer instanceof ActiveMQMessageProducer activeMq) {
			int before = activeMq.getSendTimeout();
			activeMq.setSendTimeout(millis);
			return before;
		}
		return 0;
	}

	@Override
	public @Nullable String origin(Message message) {
		ActiveMQDestination origin = ((ActiveMQMessage) message).getOriginalDestination();
		return (origin != null && origin.isQueue()) ? origin.getPhysicalName() : null;
	}

	@Override
	public @Nullable String reason(Message message) throws JMSException {
		return message.getStringProperty(ActiveMQMessage.DLQ_DELIVERY_FAILURE_CAUSE_PROPERTY);
	}

	// From the client: "Suppressing duplicate delivery on connection"; from the broker:
	// "duplicate from store for queue://…", "duplicate paged in from cursor for …".
	@Override
	public boolean isDuplicate(Message message) throws JMSException {
		String reason = reason(message);
		return reason != null && reason.toLowerCase(Locale.ROOT).contains("duplicate");
	}

}
