package org.activemessaging.broker;

import java.util.Collection;
import java.util.Set;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.jspecify.annotations.Nullable;

/**
 * Speaks one kind of broker. Implementations keep no state of a connection and are safe
 * for use by many threads.
 *
 * @since 0.1.0
 */
public interface BrokerAdapter {

	/**
	 * Returns the name of the adapter, as in {@code messaging.broker.<name>.adapter}.
	 * @return the name
	 */
	String name();

	/**
	 * Tells whether a URL may belong to a broker of this kind.
	 * @param url the URL
	 * @return whether this adapter understands its scheme
	 */
	boolean understands(String url);

	/**
	 * Returns what brokers of this kind can do.
	 * @return the capabilities
	 */
	Set<Capability> capabilities();

	/**
	 * Creates the connection factory of a broker, set up for the promise of this library:
	 * confirmed sends, no limit of redeliveries in the client, bounded waits. Does not
	 * connect.
	 * @param profile the broker
	 * @return a connection factory without a pool or a cache
	 * @throws org.activemessaging.MessagingConfigurationException if the profile asks for
	 * something that the broker's client does not have or that breaks the promise
	 */
	ConnectionFactory createConnectionFactory(BrokerProfile profile);

	/**
	 * Sets up a connection factory that the application brought itself.
	 * @param connectionFactory the connection factory, without a pool or a cache; it is
	 * not changed
	 * @param profile the broker it is to serve
	 * @return a copy that is set up as {@link #createConnectionFactory} says, or
	 * {@code null} if it belongs to another kind of broker
	 */
	@Nullable ConnectionFactory adoptConnectionFactory(ConnectionFactory connectionFactory, BrokerProfile profile);

	/**
	 * Returns the acknowledge mode of sessions whose messages are acknowledged one by
	 * one, for which Jakarta Messaging has no constant.
	 * @return the vendor's constant
	 */
	int individualAcknowledge();

	/**
	 * Returns the address that a virtual topic is published to.
	 * @param virtualTopic the name of the virtual topic
	 * @return the address
	 */
	Address virtualTopic(String virtualTopic);

	/**
	 * Returns the queue from which a group consumes a virtual topic.
	 * @param virtualTopic the name of the virtual topic
	 * @param group the name of the group
	 * @return the address
	 */
	Address groupQueue(String virtualTopic, String group);

	/**
	 * Recognises a virtual topic by the name of a topic.
	 * @param topic the physical name of a topic
	 * @return the name of the virtual topic, or {@code null} if it is a plain one
	 */
	@Nullable String recogniseVirtualTopic(String topic);

	/**
	 * Returns the destination to consume from.
	 * @param session the session that will consume
	 * @param address where to consume
	 * @param prefetch how many messages the broker may hand out ahead
	 * @return the destination
	 * @throws JMSException if the broker's client refuses it
	 */
	Destination consumerDestination(Session session, Address address, int prefetch) throws JMSException;

	/**
	 * Returns the destination to send to.
	 * @param session the session that will send
	 * @param address where to send
	 * @return the destination
	 * @throws JMSException if the broker's client refuses it
	 */
	Destination producerDestination(Session session, Address address) throws JMSException;

	/**
	 * Makes sure that queues exist, so that what is published from now on is kept for
	 * their consumers.
	 * @param session a session of the broker
	 * @param queues the queues
	 * @throws JMSException if the broker refuses it
	 */
	void prepare(Session session, Collection<Address> queues) throws JMSException;

	/**
	 * Returns an inspector of queues that uses a session until the session is closed.
	 * @param session a session for its use alone, not transacted, of a started connection
	 * @return the inspector, for one thread
	 * @throws JMSException if the broker refuses it
	 */
	QueueInspector inspector(Session session) throws JMSException;

}
