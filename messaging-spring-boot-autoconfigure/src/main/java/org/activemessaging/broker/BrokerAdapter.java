package org.activemessaging.broker;

import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Speaks one kind of broker, by a client of Jakarta Messaging or by one that looks like
 * it. Its transacted sessions are what the promise of this library rests on: what is
 * received on one comes again unless the commit was reached, and what is sent on one is
 * safe with the broker before anything that was received is gone.
 * <p>
 * Further abilities are interfaces of their own: {@link QueueBrowsing},
 * {@link QueuePurging}, {@link NativeDelay}. Implementations keep no state of a
 * connection and are safe for use by many threads.
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
	 * Returns what a broker can do. The contract suite holds it against what it observes.
	 * @param profile the broker
	 * @return the support of each capability
	 */
	Map<Capability, Support> capabilities(BrokerProfile profile);

	/**
	 * Returns the hosts that a broker's credentials are sent to without TLS. Looks no
	 * name up and does not connect.
	 * @param profile the broker
	 * @return the hosts as the profile names them, this machine included; none if there
	 * are none or nobody can know them
	 */
	default Collection<String> plainTextHosts(BrokerProfile profile) {
		return PlainText.hosts(profile.url());
	}

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
	default @Nullable ConnectionFactory adoptConnectionFactory(ConnectionFactory connectionFactory,
			BrokerProfile profile) {
		return null;
	}

	/**
	 * Checks that a broker of this kind can hold an address, at start.
	 * @param address the address, as an application configures it
	 * @throws IllegalArgumentException if the name is not possible; its message says
	 * which names are
	 */
	default void check(Address address) {
	}

	/**
	 * Checks that the messages of all places that match a pattern can be consumed at
	 * once, at start. Asked only where there are {@link Capability#WILDCARDS}, which may
	 * be there for some kinds of places.
	 * @param profile the broker
	 * @param address a queue or a topic with a {@link NamePattern} as its name
	 * @throws IllegalArgumentException if it is not possible; its message says what is
	 */
	default void checkPattern(BrokerProfile profile, Address address) {
	}

	/**
	 * Returns the name that a queue or topic has on the broker.
	 * @param address the address
	 * @return the name that the vendor's tools show
	 */
	default String nameOnBroker(Address address) {
		return address.name();
	}

	/**
	 * Returns the time by which messages on a broker are held back and expire.
	 * @param profile the broker
	 * @return the clock of the system, unless the broker's time can be changed
	 */
	default Clock clock(BrokerProfile profile) {
		return Clock.systemUTC();
	}

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
	default Address virtualTopic(String virtualTopic) {
		return Address.topic(VirtualTopicNames.topic(virtualTopic));
	}

	/**
	 * Returns the queue from which a group consumes a virtual topic.
	 * @param virtualTopic the name of the virtual topic
	 * @param group the name of the group
	 * @return the address
	 */
	default Address groupQueue(String virtualTopic, String group) {
		return Address.queue(VirtualTopicNames.groupQueue(virtualTopic, group));
	}

	/**
	 * Recognises a virtual topic by the name of a topic.
	 * @param topic the physical name of a topic
	 * @return the name of the virtual topic, or {@code null} if it is a plain one
	 */
	default @Nullable String recogniseVirtualTopic(String topic) {
		return VirtualTopicNames.recognise(topic);
	}

	/**
	 * Creates a consumer, and its queue where the broker does not do so by itself.
	 * @param session the session that will consume
	 * @param address where to consume
	 * @param prefetch how many messages the broker may hand out ahead; 0 if it is to hand
	 * each over when it is asked for
	 * @param selector the condition on headers, or {@code null} for all messages
	 * @return the consumer
	 * @throws JMSException if the broker refuses it
	 */
	MessageConsumer createConsumer(Session session, Address address, int prefetch, @Nullable String selector)
			throws JMSException;

	/**
	 * Returns the destination to send to. What is sent there without an exception is on
	 * the broker: on a session that is not transacted when the call returns, else when
	 * the commit does.
	 * @param session the session that will send
	 * @param address where to send
	 * @return the destination
	 * @throws JMSException if the broker's client refuses it
	 */
	Destination producerDestination(Session session, Address address) throws JMSException;

	/**
	 * Tells where a message was published, as far as the message itself says. Asked about
	 * messages of subscriptions with a wildcard only.
	 * @param message the message as it was received
	 * @return the queue or topic, which for a virtual topic is the topic where the broker
	 * tells, else the queue of the group; {@code null} if the message does not say
	 * @throws JMSException if the message cannot be read
	 */
	default @Nullable Address publishedTo(Message message) throws JMSException {
		Destination destination = message.getJMSDestination();
		if (destination instanceof Topic topic && !(destination instanceof Queue)) {
			return Address.topic(topic.getTopicName());
		}
		return (destination instanceof Queue queue) ? Address.queue(queue.getQueueName()) : null;
	}

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

	/**
	 * Tells whether a connection has a broker at its other end at this moment. Asked
	 * before each message that is published.
	 * @param connection a started connection of this adapter's connection factory
	 * @return {@code false} while the client reconnects by itself
	 */
	default boolean isConnected(Connection connection) {
		return true;
	}

	/**
	 * Tells what the failure of a send means.
	 * @param failure what the client threw
	 * @return {@code true} if it is certain that the broker does not have the message,
	 * and would not take it if it were sent again
	 */
	default boolean isRefusal(JMSException failure) {
		return failure instanceof JMSSecurityException || failure instanceof InvalidDestinationException
				|| failure instanceof MessageFormatException || failure instanceof ResourceAllocationException;
	}

	/**
	 * Tells whether the failure of a call means that the broker could not be asked.
	 * @param failure what the client threw
	 * @return {@code true} if the connection is gone, so that the failure says nothing
	 * about a message
	 */
	default boolean isConnectionLost(JMSException failure) {
		Throwable cause = failure;
		while (cause != null && !isRefusal(failure)) {
			if (cause instanceof IOException || cause instanceof jakarta.jms.IllegalStateException) {
				return true;
			}
			cause = (cause.getCause() != null || !(cause instanceof JMSException jms)) ? cause.getCause()
					: jms.getLinkedException();
		}
		return false;
	}

	/**
	 * Tells whether a header asks the broker for something that it does outside of a
	 * transaction, although the message was sent in one.
	 * @param name the name of the header
	 * @return whether a message with this header may be lost in a transaction
	 */
	default boolean escapesTransactions(String name) {
		return false;
	}

	/**
	 * Tells whether a consumer that is handed nothing ahead can take several messages in
	 * one transaction.
	 * @return {@code false} if each of them would be a transaction of its own
	 */
	default boolean pullsSeveral() {
		return true;
	}

	/**
	 * Returns how many messages are best sent at the same time, each in its own session,
	 * before further ones are sent together in one transaction: as many as the broker
	 * serves without one waiting for the other.
	 * @return a positive number
	 */
	default int concurrentSends() {
		return 8;
	}

	/**
	 * Tells a producer of a transacted session that it need not wait for the broker's
	 * word about each message, as the commit waits for its word about all of them.
	 * @param producer the producer
	 * @throws JMSException if the client refuses it
	 */
	default void confirmByCommit(MessageProducer producer) throws JMSException {
	}

	/**
	 * Sets how long a producer waits for the broker's word.
	 * @param producer the producer
	 * @param millis the time in milliseconds
	 * @return what was set before; 0 if the client has no such setting
	 */
	default int exchangeSendTimeout(MessageProducer producer, int millis) {
		return 0;
	}

}
