package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

import com.rabbitmq.client.Channel;
import com.rabbitmq.jms.admin.RMQConnectionFactory;
import com.rabbitmq.jms.admin.RMQDestination;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
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
import org.activemessaging.broker.NamePattern;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.QueueRemoval;
import org.activemessaging.broker.Support;
import org.activemessaging.broker.VirtualTopicNames;
import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * Speaks to RabbitMQ by AMQP 0-9-1, over {@code amqp} and {@code amqps}, with the
 * messages and destinations of RabbitMQ's own JMS client. A virtual topic is a routing
 * key of the topic exchange {@code VirtualTopic}; the queue of a group is bound to it.
 *
 * @since 0.1.0
 * @see <a href="https://www.rabbitmq.com/docs/quorum-queues">Quorum queues</a>
 */
public final class RabbitMqAdapter implements BrokerAdapter, QueuePurging, QueueRemoval, DurableSubscribing {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "rabbitmq";

	// In bytes; what AMQP's short strings can hold.
	private static final int LONGEST_NAME = 255;

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean understands(String url) {
		return RabbitMqUrl.SCHEMES.contains(BrokerUrl.scheme(url));
	}

	@Override
	public Map<Capability, Support> capabilities(BrokerProfile profile) {
		RabbitMqOptions options = RabbitMqOptions.of(profile);
		return new EnumMap<>(Map.ofEntries(
				entry(Capability.ATOMIC_MOVE, Support.emulated("publisher confirm, then acknowledgement")),
				entry(Capability.INDIVIDUAL_ACKNOWLEDGE, Support.natively("basic.ack")),
				entry(Capability.VIRTUAL_TOPICS,
						Support.natively("exchange VirtualTopic with key N, queue Consumer.g.VirtualTopic.N")),
				entry(Capability.TOPICS, Support.natively("exchange amq.topic")),
				entry(Capability.DURABLE_SUBSCRIPTIONS,
						Support.natively("durable queue bound to exchange amq.topic, which instances share")),
				entry(Capability.MESSAGE_GROUPS,
						options.singleActiveConsumer()
								? Support.emulated("single active consumer: one consumer has all groups of a queue")
								: Support.no("only with 'single-active-consumer'")),
				entry(Capability.SELECTORS, Support.no("the broker has none for queues")),
				entry(Capability.PRIORITY,
						(options.maxPriority() > 0) ? Support.natively("x-max-priority of classic queues")
								: Support.no("only with 'queue-type' classic and 'max-priority'")),
				entry(Capability.EXPIRY, Support.natively("expiration of the message")),
				entry(Capability.DELAY, Support.emulated("delay queues")),
				entry(Capability.DELIVERY_COUNT,
						options.classic() ? Support.no("classic queues have a flag only")
								: Support.natively("x-delivery-count of quorum queues")),
				entry(Capability.PREFETCH, Support.natively("basic.qos, basic.get")),
				entry(Capability.DEPTH, Support.natively("passive declare: without what consumers hold")),
				entry(Capability.OLDEST_AGE, Support.no("the broker does not tell")),
				entry(Capability.BROWSE, Support.no("looking would count as a delivery")),
				entry(Capability.CLUSTER_CONCURRENCY, Support.no("does not tell how many permits are held")),
				entry(Capability.WILDCARDS, Support.natively("topics and virtual topics: binding keys")),
				entry(Capability.PURGE, Support.natively("queue.purge"))));
	}

	@Override
	public ConnectionFactory createConnectionFactory(BrokerProfile profile) {
		return RabbitMqConnectionFactory.create(profile);
	}

	@Override
	public @Nullable ConnectionFactory adoptConnectionFactory(ConnectionFactory connectionFactory,
			BrokerProfile profile) {
		return (connectionFactory instanceof RMQConnectionFactory rabbitMq)
				? RabbitMqConnectionFactory.adopt(rabbitMq, profile) : null;
	}

	@Override
	public void check(Address address) {
		String name = address.name();
		if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
			throw new IllegalArgumentException("A name on RabbitMQ may be 255 bytes long");
		}
		if (!address.topic() && name.startsWith("amq.")) {
			throw new IllegalArgumentException("Names of queues that begin with 'amq.' are reserved by RabbitMQ");
		}
		String virtualTopic = address.topic() ? VirtualTopicNames.recognise(name)
				: VirtualTopicNames.recogniseGroupQueue(name);
		if ((virtualTopic != null || address.topic()) && name.contains("#")) {
			throw new IllegalArgumentException(
					"The name of a topic on RabbitMQ may not contain '#', which is a pattern there");
		}
	}

	@Override
	public void checkPattern(BrokerProfile profile, Address address) {
		if (!address.topic() && VirtualTopicNames.topicOf(address.name()) == null) {
			throw new IllegalArgumentException(
					"RabbitMQ has wildcards for 'topic' and 'virtual-topic', but none for 'queue'");
		}
	}

	/**
	 * Returns the routing key of a topic, or what it is bound by if it is a pattern.
	 */
	static String key(String topic) {
		return NamePattern.isPattern(topic) ? NamePattern.of(topic).translate("*", "#") : topic;
	}

	@Override
	public @Nullable Address publishedTo(Message message) throws JMSException {
		Received received = (message instanceof Received.Receivable receivable) ? receivable.received() : null;
		if (received == null) {
			return null;
		}
		return switch (received.exchange()) {
			case Topology.TOPICS -> Address.topic(received.routingKey());
			case Topology.VIRTUAL_TOPICS -> virtualTopic(received.routingKey());
			case "" -> Address.queue(received.routingKey());
			default -> null;
		};
	}

	@Override
	public String nameOnBroker(Address address) {
		if (!address.topic()) {
			return address.name();
		}
		String virtualTopic = recogniseVirtualTopic(address.name());
		return (virtualTopic != null) ? Topology.VIRTUAL_TOPICS + "/" + key(virtualTopic)
				: Topology.TOPICS + "/" + key(address.name());
	}

	@Override
	public int individualAcknowledge() {
		return RabbitMqSession.INDIVIDUAL_ACKNOWLEDGE;
	}

	static RMQDestination queue(String name) {
		return new RMQDestination(name, "", name, name);
	}

	static RMQDestination topic(String name) {
		String virtualTopic = VirtualTopicNames.recognise(name);
		RMQDestination topic = (virtualTopic != null)
				? new RMQDestination(name, Topology.VIRTUAL_TOPICS, key(virtualTopic), null)
				: new RMQDestination(name, Topology.TOPICS, key(name), null);
		topic.setQueue(false);
		return topic;
	}

	static RMQDestination known(Destination destination) throws JMSException {
		if (destination instanceof RMQDestination known && known.isAmqp() && known.getAmqpExchangeName() != null) {
			return known;
		}
		throw new InvalidDestinationException("Not a destination of this client: " + destination);
	}

	static void refuseSelector(@Nullable String selector) throws JMSException {
		if (selector != null && !selector.isBlank()) {
			throw new InvalidSelectorException("RabbitMQ has no selectors");
		}
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException {
		refuseSelector(selector);
		return RabbitMqSession.of(session).consumer(destination(address), prefetch);
	}

	// A queue has no owner, so the connection needs no name.
	@Override
	public Connection connect(ConnectionFactory connectionFactory, DurableSubscription subscription)
			throws JMSException {
		return connectionFactory.createConnection();
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address topic, DurableSubscription subscription,
			int prefetch, @Nullable String selector) throws JMSException {
		refuseSelector(selector);
		return RabbitMqSession.of(session).consumer(topic(topic.name()), subscription.qualifiedName(), prefetch);
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		return destination(address);
	}

	private static RMQDestination destination(Address address) {
		return address.topic() ? topic(address.name()) : queue(address.name());
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		Topology topology = RabbitMqSession.of(session).connection().topology();
		for (Address queue : queues) {
			topology.queue(queue.name());
		}
	}

	@Override
	public QueueInspector inspector(Session session) throws JMSException {
		return new RabbitMqQueueInspector(RabbitMqSession.of(session).connection());
	}

	@Override
	public boolean isConnected(Connection connection) {
		return !(connection instanceof RabbitMqConnection rabbitMq) || rabbitMq.isOpen();
	}

	@Override
	public long purge(Connection connection, Address queue, Duration limit) throws JMSException {
		Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		try {
			Channel channel = RabbitMqSession.of(session).intake().channel();
			return channel.queuePurge(queue.name()).getMessageCount();
		}
		catch (IOException | RuntimeException ex) {
			JMSException failure = Failures.of("Queue " + queue.name() + " cannot be purged", ex);
			if (failure instanceof InvalidDestinationException) {
				return 0;
			}
			throw failure;
		}
		finally {
			session.close();
		}
	}

	@Override
	public void remove(Connection connection, Address queue) throws JMSException {
		Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
		try {
			RabbitMqSession.of(session).intake().channel().queueDelete(queue.name());
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("Queue " + queue.name() + " cannot be removed", ex);
		}
		finally {
			session.close();
		}
	}

	@Override
	public int exchangeSendTimeout(MessageProducer producer, int millis) {
		return (producer instanceof RabbitMqSession.Producer rabbitMq) ? rabbitMq.exchangeTimeout(millis) : 0;
	}

}
