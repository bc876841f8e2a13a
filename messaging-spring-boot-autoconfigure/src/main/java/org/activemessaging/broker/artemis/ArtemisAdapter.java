package org.activemessaging.broker.artemis;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
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
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * Speaks to ActiveMQ Artemis by its own client. A virtual topic is a multicast address
 * with a durable queue for each group, both named as ActiveMQ names its virtual topics.
 * They and all other queues are created here: those that Artemis creates by itself, it
 * deletes with their last consumer.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://artemis.apache.org/components/artemis/documentation/latest/address-model.html">
 * The address model</a>
 */
public final class ArtemisAdapter implements BrokerAdapter, QueueBrowsing, QueuePurging, NativeDeadLetters,
		QueueCounting, QueueRemoval, DurableSubscribing {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "artemis";

	private static final Map<Capability, Support> CAPABILITIES = new EnumMap<>(
			Map.ofEntries(entry(Capability.ATOMIC_MOVE, Support.natively("transaction")),
					entry(Capability.INDIVIDUAL_ACKNOWLEDGE, Support.natively("INDIVIDUAL_ACKNOWLEDGE")),
					entry(Capability.VIRTUAL_TOPICS,
							Support.natively("multicast address VirtualTopic.N, queue Consumer.g.VirtualTopic.N")),
					entry(Capability.TOPICS, Support.natively("multicast address")),
					entry(Capability.DURABLE_SUBSCRIPTIONS,
							Support.natively("client id, and a durable queue at the multicast address")),
					entry(Capability.MESSAGE_GROUPS, Support.natively("JMSXGroupID")),
					entry(Capability.SELECTORS, Support.natively("by the broker")),
					entry(Capability.PRIORITY, Support.natively("by the broker")),
					entry(Capability.EXPIRY, Support.natively("time to live")),
					entry(Capability.DELAY, Support.emulated("delay queues")),
					entry(Capability.DELIVERY_COUNT, Support.natively("JMSXDeliveryCount")),
					entry(Capability.PREFETCH, Support.natively("consumer window, 1 KiB for each message")),
					entry(Capability.DEPTH, Support.natively("queue query")),
					entry(Capability.OLDEST_AGE, Support.natively("browsing the first message")),
					entry(Capability.BROWSE, Support.natively("queue browser")),
					entry(Capability.CLUSTER_CONCURRENCY, Support.natively("permits in a queue of the broker")),
					entry(Capability.WILDCARDS, Support.natively("topics and virtual topics: wildcard addresses")),
					entry(Capability.PURGE, Support.emulated("receive until empty"))));

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean understands(String url) {
		return ArtemisConnectionFactories.SCHEMES.contains(BrokerUrl.scheme(url.trim()));
	}

	@Override
	public Map<Capability, Support> capabilities(BrokerProfile profile) {
		return CAPABILITIES;
	}

	@Override
	public Collection<String> plainTextHosts(BrokerProfile profile) {
		return ArtemisConnectionFactories.plainTextHosts(profile);
	}

	@Override
	public ConnectionFactory createConnectionFactory(BrokerProfile profile) {
		return ArtemisConnectionFactories.create(profile);
	}

	@Override
	public @Nullable ConnectionFactory adoptConnectionFactory(ConnectionFactory connectionFactory,
			BrokerProfile profile) {
		return (connectionFactory instanceof ActiveMQConnectionFactory artemis)
				? ArtemisConnectionFactories.adopt(artemis, profile) : null;
	}

	@Override
	public void check(Address address) {
		ArtemisNames.check(address);
	}

	@Override
	public void checkPattern(BrokerProfile profile, Address address) {
		if (!address.topic() && VirtualTopicNames.topicOf(address.name()) == null) {
			throw new IllegalArgumentException(
					"Artemis has wildcards for 'topic' and 'virtual-topic', but none for 'queue'");
		}
	}

	@Override
	public String nameOnBroker(Address address) {
		return address.topic() ? ArtemisNames.address(address.name()) : address.name();
	}

	@Override
	public @Nullable Address publishedTo(Message message) throws JMSException {
		return (message instanceof ActiveMQMessage artemis) ? Address.topic(artemis.getCoreMessage().getAddress())
				: null;
	}

	@Override
	public long count(Session session, Address queue) throws JMSException {
		QueueQuery answer = ours(session).topology().query(queue.name());
		return (answer != null) ? answer.getMessageCount() : 0;
	}

	@Override
	public int individualAcknowledge() {
		return ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE;
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException {
		return ours(session).consumer(address, prefetch, selector);
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address topic, DurableSubscription subscription,
			int prefetch, @Nullable String selector) throws JMSException {
		return ours(session).consumer(topic, subscription, prefetch, selector);
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		return ours(session).destination(address);
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		for (Address queue : queues) {
			ours(session).topology().ensure(queue);
		}
	}

	@Override
	public void remove(Connection connection, Address queue) throws JMSException {
		Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		try {
			ours(session).topology().remove(queue.name());
		}
		finally {
			session.close();
		}
	}

	@Override
	public List<Message> browse(Session session, Address queue, int limit) throws JMSException {
		return ours(session).browse(queue.name(), limit);
	}

	@Override
	public QueueInspector inspector(Session session) {
		return new ArtemisQueueInspector(ours(session));
	}

	@Override
	public boolean isConnected(Connection connection) {
		return !(connection instanceof ArtemisConnection artemis) || artemis.isConnected();
	}

	@Override
	public boolean isRefusal(JMSException failure) {
		return BrokerAdapter.super.isRefusal(failure) || ArtemisErrors.isRefusal(failure);
	}

	@Override
	public boolean isConnectionLost(JMSException failure) {
		return !isRefusal(failure) && (BrokerAdapter.super.isConnectionLost(failure) || ArtemisErrors.isLost(failure));
	}

	@Override
	public int exchangeSendTimeout(MessageProducer producer, int millis) {
		return (producer instanceof ArtemisProducer artemis) ? artemis.exchangeTimeout(millis) : 0;
	}

	private static ArtemisSession ours(Session session) {
		return (ArtemisSession) session;
	}

	@Override
	public @Nullable String origin(Message message) throws JMSException {
		return message.getStringProperty("_AMQ_ORIG_QUEUE");
	}

	@Override
	public @Nullable String reason(Message message) {
		return null;
	}

	@Override
	public boolean isDuplicate(Message message) {
		return false;
	}

}
