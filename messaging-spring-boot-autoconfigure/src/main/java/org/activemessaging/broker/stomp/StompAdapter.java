package org.activemessaging.broker.stomp;

import java.util.Collection;
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
import org.activemessaging.broker.QueueBrowsing;
import org.activemessaging.broker.QueueInspector;
import org.activemessaging.broker.QueuePurging;
import org.activemessaging.broker.Support;
import org.jspecify.annotations.Nullable;

/**
 * Speaks STOMP 1.2, 1.1 or 1.0 to ActiveMQ Classic, Artemis or RabbitMQ. Virtual topics
 * are those of the broker, named as its own adapter names them.
 *
 * @since 0.1.0
 * @see <a href="https://stomp.github.io/stomp-specification-1.2.html">STOMP 1.2</a>
 */
public final class StompAdapter implements BrokerAdapter, QueueBrowsing, QueuePurging, DurableSubscribing {

	/**
	 * The name of this adapter.
	 */
	public static final String NAME = "stomp";

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean understands(String url) {
		return StompUrl.SCHEMES.contains(BrokerUrl.scheme(url));
	}

	@Override
	public Map<Capability, Support> capabilities(BrokerProfile profile) {
		return StompCapabilities.of(StompOptions.of(profile).dialect());
	}

	@Override
	public ConnectionFactory createConnectionFactory(BrokerProfile profile) {
		return new StompConnectionFactory(StompEndpoint.of(profile));
	}

	@Override
	public void check(Address address) {
		if (address.name().isBlank() || address.name().matches(".*[\\p{Cntrl},?:].*")) {
			throw new IllegalArgumentException(
					"control characters and ',', '?', ':' are not possible in a name over STOMP");
		}
	}

	@Override
	public void checkPattern(BrokerProfile profile, Address address) {
		if (address.name().contains("#")) {
			throw new IllegalArgumentException(
					"a name with wildcards may not contain '#', which is one on some brokers");
		}
		if (StompOptions.of(profile).dialect() != StompDialect.ACTIVEMQ && !address.topic()
				&& StompDialect.virtualTopicOfQueue(address) == null) {
			throw new IllegalArgumentException(
					"the broker has wildcards for 'topic' and 'virtual-topic', but none for 'queue'");
		}
	}

	@Override
	public @Nullable Address publishedTo(Message message) throws JMSException {
		return (message instanceof StompMessage stomp) ? stomp.publishedTo() : BrokerAdapter.super.publishedTo(message);
	}

	@Override
	public int individualAcknowledge() {
		return StompSession.INDIVIDUAL_ACKNOWLEDGE;
	}

	// STOMP has no pulling: the broker hands out one message, and the next one after its
	// acknowledgement.
	@Override
	public boolean pullsSeveral() {
		return false;
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException {
		return (session instanceof StompSession stomp) ? stomp.createConsumer(address, prefetch, selector)
				: session.createConsumer(producerDestination(session, address), selector);
	}

	@Override
	public Connection connect(ConnectionFactory connectionFactory, DurableSubscription subscription)
			throws JMSException {
		return (connectionFactory instanceof StompConnectionFactory stomp)
				? stomp.createConnection(subscription.clientId())
				: DurableSubscribing.super.connect(connectionFactory, subscription);
	}

	@Override
	public MessageConsumer createConsumer(Session session, Address topic, DurableSubscription subscription,
			int prefetch, @Nullable String selector) throws JMSException {
		return stomp(session).createConsumer(topic, subscription, prefetch, selector);
	}

	@Override
	public Destination producerDestination(Session session, Address address) throws JMSException {
		return new StompDestination(address);
	}

	@Override
	public void prepare(Session session, Collection<Address> queues) throws JMSException {
		StompQueues.prepare(stomp(session).connection(), queues);
	}

	@Override
	public QueueInspector inspector(Session session) throws JMSException {
		return new StompQueueInspector(stomp(session));
	}

	private static StompSession stomp(Session session) throws JMSException {
		if (session instanceof StompSession stomp) {
			return stomp;
		}
		throw new jakarta.jms.IllegalStateException("The session is of another client");
	}

	@Override
	public boolean isConnected(Connection connection) {
		return !(connection instanceof StompConnection stomp) || stomp.isConnected();
	}

	// The scheduler of ActiveMQ stores its copy after the commit, in a store of its own.
	@Override
	public boolean escapesTransactions(String name) {
		return name.startsWith("AMQ_SCHEDULED_");
	}

	@Override
	public int exchangeSendTimeout(MessageProducer producer, int millis) {
		return (producer instanceof StompProducer stomp) ? stomp.exchangeTimeout(millis) : 0;
	}

}
