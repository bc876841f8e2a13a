package org.activemessaging.broker.activemq;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.BrokerUrl;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.QueueInspector;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQSession;
import org.jspecify.annotations.Nullable;

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
public final class ActiveMqAdapter implements BrokerAdapter {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "activemq";

	private static final String VIRTUAL_TOPIC_PREFIX = "VirtualTopic.";

	private static final Pattern VIRTUAL_TOPIC = Pattern.compile("VirtualTopic\\.(.+)");

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean understands(String url) {
		return ActiveMqUrl.SCHEMES.contains(BrokerUrl.scheme(url));
	}

	@Override
	public Set<Capability> capabilities() {
		return EnumSet.allOf(Capability.class);
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

	@Override
	public int individualAcknowledge() {
		return ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE;
	}

	@Override
	public Address virtualTopic(String virtualTopic) {
		return Address.topic(VIRTUAL_TOPIC_PREFIX + virtualTopic);
	}

	@Override
	public Address groupQueue(String virtualTopic, String group) {
		return Address.queue("Consumer." + group + "." + VIRTUAL_TOPIC_PREFIX + virtualTopic);
	}

	@Override
	public @Nullable String recogniseVirtualTopic(String topic) {
		Matcher matcher = VIRTUAL_TOPIC.matcher(topic);
		return matcher.matches() ? matcher.group(1) : null;
	}

	@Override
	public Destination consumerDestination(Session session, Address address, int prefetch) throws JMSException {
		String name = address.name() + "?consumer.prefetchSize=" + prefetch;
		return address.topic() ? session.createTopic(name) : session.createQueue(name);
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		return address.topic() ? session.createTopic(address.name()) : session.createQueue(address.name());
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		for (Address queue : queues) {
			// The broker makes a queue with its first consumer; with a prefetch of zero
			// this one is handed no message before it closes.
			session.createConsumer(consumerDestination(session, queue, 0)).close();
		}
	}

	@Override
	public QueueInspector inspector(Session session) throws JMSException {
		return new ActiveMqQueueInspector(session);
	}

}
