package org.activemessaging.broker.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.DurableSubscribing;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.NativeDelay;
import org.activemessaging.broker.QueueBrowsing;
import org.activemessaging.broker.QueueCounting;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.Support;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * Speaks to a {@link MemoryBroker}, a broker inside this JVM that behaves as a real one
 * does, but keeps nothing: for tests and first steps only. Its URL is
 * {@code memory://<name>}; applications in one JVM that use the same name share the
 * broker. Messages and selectors are those of ActiveMQ's client.
 *
 * @since 0.1.0
 */
public final class MemoryAdapter
		implements BrokerAdapter, NativeDelay, QueueBrowsing, QueuePurging, QueueCounting, DurableSubscribing {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "memory";

	/**
	 * The option that says how messages get to their processors:
	 * {@code messaging.broker.<name>.properties.delivery}.
	 */
	public static final String DELIVERY = "delivery";

	/**
	 * The value of {@link #DELIVERY} with which a publish runs the processors itself.
	 */
	public static final String SYNCHRONOUS = "synchronous";

	private static final Log logger = LogFactory.getLog(MemoryAdapter.class);

	private static final Duration LONGEST_DELAY = Duration.ofDays(3650);

	private static final Map<Capability, Support> CAPABILITIES = new EnumMap<>(
			Map.ofEntries(entry(Capability.ATOMIC_MOVE, Support.natively("transaction")),
					entry(Capability.INDIVIDUAL_ACKNOWLEDGE, Support.natively("INDIVIDUAL_ACKNOWLEDGE")),
					entry(Capability.VIRTUAL_TOPICS, Support.natively("VirtualTopic.N and Consumer.g.VirtualTopic.N")),
					entry(Capability.TOPICS, Support.natively("topic")),
					entry(Capability.DURABLE_SUBSCRIPTIONS, Support.natively("client id and subscription name")),
					entry(Capability.MESSAGE_GROUPS, Support.natively("JMSXGroupID")),
					entry(Capability.SELECTORS, Support.natively("by ActiveMQ's parser")),
					entry(Capability.PRIORITY, Support.natively("in each queue")),
					entry(Capability.EXPIRY, Support.natively("time to live")),
					entry(Capability.DELAY, Support.natively("by a clock that a test can put forward")),
					entry(Capability.DELIVERY_COUNT, Support.natively("JMSXDeliveryCount")),
					entry(Capability.PREFETCH, Support.natively("nothing is handed out ahead")),
					entry(Capability.DEPTH, Support.natively("counted")),
					entry(Capability.OLDEST_AGE, Support.natively("by the time of sending")),
					entry(Capability.BROWSE, Support.natively("all that a consumer could have")),
					entry(Capability.CLUSTER_CONCURRENCY, Support.natively("permits in a queue of the broker")),
					entry(Capability.WILDCARDS, Support.natively("queues, topics and virtual topics")),
					entry(Capability.PURGE, Support.natively("all that no consumer has"))));

	/**
	 * Tells whether what is published to a broker is to be processed at once, by the
	 * thread that publishes, without a queue.
	 * @param broker the broker
	 * @return whether it is one of this adapter, with {@link #DELIVERY} set to
	 * {@link #SYNCHRONOUS}
	 */
	public static boolean isSynchronous(Broker broker) {
		return NAME.equals(broker.adapter().name()) && SYNCHRONOUS.equals(broker.profile().properties().get(DELIVERY));
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean understands(String url) {
		return MemoryNames.SCHEME.equals(BrokerUrl.scheme(url));
	}

	@Override
	public Map<Capability, Support> capabilities(BrokerProfile profile) {
		return CAPABILITIES;
	}

	@Override
	public ConnectionFactory createConnectionFactory(BrokerProfile profile) {
		String name = MemoryNames.broker(profile);
		MemoryOptions.check(profile);
		logger.info("The broker '" + profile.name() + "' is in the memory of this JVM, and its messages are gone with"
				+ " it: for tests and first steps only");
		return new MemoryConnectionFactory(MemoryBroker.named(name));
	}

	@Override
	public Clock clock(BrokerProfile profile) {
		return MemoryBroker.named(MemoryNames.broker(profile)).clock();
	}

	@Override
	public long count(Session session, Address queue) {
		return ((MemorySession) session).broker().state(queue.name()).depth();
	}

	@Override
	public int individualAcknowledge() {
		return MemorySession.INDIVIDUAL_ACKNOWLEDGE;
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException {
		return session.createConsumer(producerDestination(session, address), selector);
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address topic, DurableSubscription subscription,
			int prefetch, @Nullable String selector) throws JMSException {
		return ((MemorySession) session).consumer(topic.name(), subscription, selector);
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		return address.topic() ? session.createTopic(address.name()) : session.createQueue(address.name());
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		MemoryBroker broker = ((MemorySession) session).broker();
		queues.forEach((queue) -> broker.prepare(queue.name()));
	}

	@Override
	public QueueInspector inspector(Session session) throws JMSException {
		return new MemoryQueueInspector(((MemorySession) session).broker());
	}

	@Override
	public boolean isConnected(Connection connection) {
		return !(connection instanceof MemoryConnection memory) || !memory.isClosed();
	}

	@Override
	public Duration longestDelay(Address queue) {
		return LONGEST_DELAY;
	}

	@Override
	public long purge(Connection connection, Address queue, Duration limit) throws JMSException {
		return ((MemoryConnection) connection).broker().purge(queue.name());
	}

}
