package org.activemessaging.broker.jms;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.DurableSubscribing;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.PlainText;
import org.activemessaging.broker.QueueBrowsing;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.QueueSample;
import org.activemessaging.broker.Support;
import org.activemessaging.broker.VirtualTopicNames;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to any broker by its own client of Jakarta Messaging, with nothing but what the
 * specification asks of every provider. What a provider can do beyond that has to be
 * said, as nobody can find it out without sending and losing messages. For one broker:
 * each has options of its own.
 *
 * @since 0.1.0
 */
public final class JmsAdapter implements BrokerAdapter, QueueBrowsing, QueuePurging, DurableSubscribing {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "jms";

	/**
	 * What an application may say about its broker.
	 */
	public static final Set<Capability> DECLARABLE = Set.of(Capability.BROWSE, Capability.MESSAGE_GROUPS,
			Capability.PRIORITY);

	private final String broker;

	private final Provider provider;

	private final @Nullable String url;

	private final JmsOptions options;

	private final @Nullable GroupQueue groupQueue;

	private final Function<BrokerProfile, ProviderConnectionFactory.Source> source;

	private JmsAdapter(String broker, Provider provider, @Nullable String url, JmsOptions options,
			Function<BrokerProfile, ProviderConnectionFactory.Source> source) {
		this.broker = broker;
		this.provider = provider;
		this.url = url;
		this.options = options;
		this.groupQueue = (options.groupQueue() != null) ? GroupQueue.of(broker, options.groupQueue()) : null;
		this.source = source;
		if (!DECLARABLE.containsAll(options.capabilities())) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + broker + ".jms.capabilities' contains "
							+ options.capabilities()
								.stream()
								.filter((capability) -> !DECLARABLE.contains(capability))
								.map(Capability::label)
								.sorted()
								.toList()
							+ ", which no option can give to a broker.",
					"Choose from " + DECLARABLE.stream().map(Capability::label).sorted().toList() + ".");
		}
	}

	/**
	 * Returns an adapter that makes connection factories of a class.
	 * @param broker the name of the broker
	 * @param className the name of the class
	 * @param classLoader where to look for it
	 * @param options what else is known
	 * @return the adapter
	 * @throws MessagingConfigurationException if the class cannot be used
	 */
	public static JmsAdapter ofClass(String broker, String className, @Nullable ClassLoader classLoader,
			JmsOptions options) {
		ProviderClass type = ProviderClass.load(broker, className, classLoader);
		return new JmsAdapter(broker, type.provider(), type.url(), options, (profile) -> {
			ConnectionFactory connectionFactory = type.create(profile);
			return () -> connectionFactory;
		});
	}

	/**
	 * Returns an adapter that uses a connection factory of the application.
	 * @param broker the name of the broker
	 * @param connectionFactory the connection factory, without a pool or a cache; it is
	 * not changed
	 * @param options what else is known
	 * @return the adapter
	 */
	public static JmsAdapter ofBean(String broker, ConnectionFactory connectionFactory, JmsOptions options) {
		Provider provider = Provider.of(connectionFactory.getClass().getName());
		return new JmsAdapter(broker, provider, null, options, (profile) -> {
			provider.check(connectionFactory, profile);
			return () -> connectionFactory;
		});
	}

	/**
	 * Returns an adapter that looks a connection factory up.
	 * @param broker the name of the broker
	 * @param jndiName its name in JNDI
	 * @param options what else is known
	 * @return the adapter
	 */
	public static JmsAdapter ofJndiName(String broker, String jndiName, JmsOptions options) {
		return new JmsAdapter(broker, Provider.OTHER, null, options, (profile) -> new JndiSource(jndiName, profile));
	}

	@Override
	public String name() {
		return NAME;
	}

	/**
	 * Returns what is shown where no URL is configured.
	 * @return the class, or {@code null} if it has been named otherwise
	 */
	public @Nullable String url() {
		return this.url;
	}

	@Override
	public boolean understands(String url) {
		return true;
	}

	@Override
	public Map<Capability, Support> capabilities(BrokerProfile profile) {
		boolean browse = this.options.capabilities().contains(Capability.BROWSE);
		Support notBrowsed = Support.no("set 'messaging.broker." + this.broker + ".jms.capabilities' to contain"
				+ " 'browse' if looking at messages leaves them where they are");
		Map<Capability, Support> capabilities = new EnumMap<>(Capability.class);
		capabilities.put(Capability.ATOMIC_MOVE, Support.natively("transaction"));
		capabilities.put(Capability.INDIVIDUAL_ACKNOWLEDGE,
				(individual() != null) ? Support.natively("acknowledge mode " + individual())
						: Support.no("set 'messaging.broker." + this.broker + ".jms.individual-acknowledge'"));
		capabilities.put(Capability.VIRTUAL_TOPICS,
				(this.groupQueue != null)
						? Support.emulated(
								"VirtualTopic.N and " + this.groupQueue.pattern() + ", which the broker has to feed")
						: Support.no("set 'messaging.broker." + this.broker + ".jms.group-queue'"));
		capabilities.put(Capability.TOPICS, Support.natively("topic"));
		capabilities.put(Capability.DURABLE_SUBSCRIPTIONS,
				Support.natively("client id and subscription name, by the specification"));
		capabilities.put(Capability.MESSAGE_GROUPS, declared(Capability.MESSAGE_GROUPS));
		capabilities.put(Capability.SELECTORS, Support.natively("by the specification"));
		capabilities.put(Capability.PRIORITY, declared(Capability.PRIORITY));
		capabilities.put(Capability.EXPIRY, Support.natively("time to live"));
		capabilities.put(Capability.DELAY, Support.emulated("delay queues"));
		capabilities.put(Capability.DELIVERY_COUNT, Support.natively("JMSXDeliveryCount, by the specification"));
		capabilities.put(Capability.PREFETCH,
				this.provider.paces() ? Support.natively("prefetch policy") : Support.no("the provider's own setting"));
		capabilities.put(Capability.DEPTH, browse ? Support.emulated("at most 1000 by browsing") : notBrowsed);
		capabilities.put(Capability.OLDEST_AGE, browse ? Support.emulated("by browsing") : notBrowsed);
		capabilities.put(Capability.BROWSE, browse ? Support.natively("queue browser") : notBrowsed);
		capabilities.put(Capability.CLUSTER_CONCURRENCY,
				Support.no("no standard way to count the permits that are held"));
		capabilities.put(Capability.WILDCARDS, Support.no("each provider has a syntax of its own"));
		capabilities.put(Capability.PURGE, Support.emulated("receive until empty"));
		return capabilities;
	}

	private Support declared(Capability capability) {
		String property = "'messaging.broker." + this.broker + ".jms.capabilities'";
		return this.options.capabilities().contains(capability) ? Support.natively("declared by " + property)
				: Support.no("not declared by " + property);
	}

	@Override
	public Collection<String> plainTextHosts(BrokerProfile profile) {
		// Some providers have an option of their own for it.
		return Stream.concat(Stream.of(profile.url()), profile.properties().values().stream())
			.flatMap((url) -> PlainText.hosts(url).stream())
			.toList();
	}

	@Override
	public ConnectionFactory createConnectionFactory(BrokerProfile profile) {
		return new ProviderConnectionFactory(this.source.apply(profile), profile);
	}

	@Override
	public String nameOnBroker(Address address) {
		return (this.groupQueue == null || address.topic()) ? address.name() : this.groupQueue.onBroker(address.name());
	}

	private @Nullable Integer individual() {
		return (this.options.individualAcknowledge() != null) ? this.options.individualAcknowledge()
				: this.provider.individualAcknowledge();
	}

	@Override
	public int individualAcknowledge() {
		Integer mode = individual();
		if (mode == null) {
			throw new MessagingConfigurationException(
					"A processor on broker '" + this.broker + "' acknowledges each message by itself, for which"
							+ " Jakarta Messaging has no constant.",
					"Set 'messaging.broker." + this.broker + ".jms.individual-acknowledge' to the provider's constant,"
							+ " or 'messaging.listener.acknowledge' to 'transacted'.");
		}
		return mode;
	}

	// Without a pattern for the queues of groups, it is a plain topic.
	@Override
	public @Nullable String recogniseVirtualTopic(String topic) {
		return (this.groupQueue != null) ? VirtualTopicNames.recognise(topic) : null;
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException {
		Destination destination = producerDestination(session, address);
		return QpidClient.withPrefetch(prefetch, () -> session.createConsumer(destination, selector));
	}

	@Override
	public Connection connect(ConnectionFactory connectionFactory, DurableSubscription subscription)
			throws JMSException {
		return (connectionFactory instanceof ProviderConnectionFactory provider)
				? provider.createConnection(subscription.clientId())
				: DurableSubscribing.super.connect(connectionFactory, subscription);
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address topic, DurableSubscription subscription,
			int prefetch, @Nullable String selector) throws JMSException {
		Topic destination = session.createTopic(nameOnBroker(topic));
		return QpidClient.withPrefetch(prefetch,
				() -> session.createDurableSubscriber(destination, subscription.name(), selector, false));
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		String name = nameOnBroker(address);
		return address.topic() ? session.createTopic(name) : session.createQueue(name);
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		for (Address queue : queues) {
			// A consumer might be handed messages, which would count as delivered.
			if (this.provider.paces()) {
				createConsumer(session, queue, 0, null).close();
			}
			else {
				session.createProducer(producerDestination(session, queue)).close();
			}
		}
	}

	@Override
	public QueueInspector inspector(Session session) throws JMSException {
		if (this.options.capabilities().contains(Capability.BROWSE)) {
			return new BrowsingInspector(this, session);
		}
		return (queues, limit) -> queues.stream()
			.map((queue) -> QueueSample.unknown(queue, "not browsed, see jms.capabilities", Instant.now()))
			.toList();
	}

	@Override
	public List<Message> browse(Session session, Address queue, int limit) throws JMSException {
		if (!this.options.capabilities().contains(Capability.BROWSE)) {
			throw new JMSException("Nobody knows whether browsing leaves messages where they are; if so, add 'browse'"
					+ " to 'messaging.broker." + this.broker + ".jms.capabilities'");
		}
		return QueueBrowsing.super.browse(session, queue, limit);
	}

	@Override
	public boolean isConnected(Connection connection) {
		return Provider.of(connection.getClass().getName()) != Provider.QPID || QpidClient.isConnected(connection);
	}

}
