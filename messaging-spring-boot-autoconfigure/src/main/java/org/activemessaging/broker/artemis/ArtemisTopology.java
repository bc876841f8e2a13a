package org.activemessaging.broker.artemis;

import java.util.Objects;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.broker.VirtualTopicNames;
import org.apache.activemq.artemis.api.core.ActiveMQAddressExistsException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.AddressQuery;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.jspecify.annotations.Nullable;

/**
 * The queues and addresses of the broker. To ask for them needs no permission, so that
 * nothing is created that exists.
 */
final class ArtemisTopology {

	private final ClientSession session;

	ArtemisTopology(ClientSession session) {
		this.session = session;
	}

	/**
	 * Makes sure that an address exists and is what it has to be.
	 * @param address the queue or topic
	 * @throws JMSException if it is something else, or may not be created
	 */
	void ensure(Address address) throws JMSException {
		try {
			if (address.topic()) {
				ensureAddress(ArtemisNames.address(address.name()));
			}
			else {
				ensureQueue(address.name());
				String topic = VirtualTopicNames.topicOf(address.name());
				if (topic != null && NamePattern.isPattern(topic)) {
					ensureAddress(ArtemisNames.returnAddress(topic));
				}
			}
		}
		catch (ActiveMQException ex) {
			throw ArtemisErrors.of(ex);
		}
	}

	/**
	 * Makes sure that the queue of a durable subscription exists. One with another
	 * condition is not replaced, as what waits in it would be lost.
	 * @param queue its name
	 * @param topic the topic whose messages it keeps
	 * @param filter the condition on them, or {@code null} for all
	 * @throws JMSException if it is something else, or may not be created
	 */
	void ensureSubscription(String queue, String topic, @Nullable SimpleString filter) throws JMSException {
		try {
			ensureAddress(topic);
			QueueQuery answer = query(queue);
			if (answer == null) {
				try {
					this.session.createQueue(durable(queue, topic, RoutingType.MULTICAST).setFilterString(filter));
					return;
				}
				catch (ActiveMQQueueExistsException ex) {
					answer = query(queue);
				}
			}
			if (answer != null) {
				check(answer, queue, topic, RoutingType.MULTICAST);
				if (!Objects.equals(answer.getFilterString(), filter)) {
					throw new InvalidSelectorException("Queue '" + queue + "' of the durable subscription exists on the"
							+ " broker with another selector; delete it there, with what it keeps, or choose another"
							+ " name");
				}
			}
		}
		catch (ActiveMQException ex) {
			throw ArtemisErrors.of(ex);
		}
	}

	private static QueueConfiguration durable(String queue, String address, RoutingType routing) {
		return QueueConfiguration.of(queue)
			.setAddress(address)
			.setRoutingType(routing)
			.setDurable(true)
			.setAutoDelete(false)
			.setAutoCreateAddress(true)
			.setMaxConsumers(-1)
			.setPurgeOnNoConsumers(false);
	}

	boolean exists(String queue) throws JMSException {
		return query(queue) != null;
	}

	/**
	 * Returns what the broker tells of a queue.
	 * @param queue the name of the queue
	 * @return the answer, or {@code null} if there is no such queue
	 */
	@Nullable QueueQuery query(String queue) throws JMSException {
		try {
			QueueQuery answer = this.session.queueQuery(SimpleString.of(queue));
			return answer.isExists() ? answer : null;
		}
		catch (ActiveMQException ex) {
			throw ArtemisErrors.of(ex);
		}
	}

	void remove(String queue) throws JMSException {
		try {
			this.session.deleteQueue(SimpleString.of(queue));
		}
		catch (ActiveMQException ex) {
			throw ArtemisErrors.of(ex);
		}
	}

	private void ensureAddress(String name) throws ActiveMQException, JMSException {
		SimpleString address = SimpleString.of(name);
		AddressQuery answer = this.session.addressQuery(address);
		if (!answer.isExists()) {
			try {
				this.session.createAddress(address, RoutingType.MULTICAST, false);
			}
			catch (ActiveMQAddressExistsException ex) {
				answer = this.session.addressQuery(address);
				check(answer, name, RoutingType.MULTICAST);
			}
			return;
		}
		check(answer, name, RoutingType.MULTICAST);
	}

	private void ensureQueue(String name) throws ActiveMQException, JMSException {
		String topic = VirtualTopicNames.topicOf(name);
		String address = (topic != null) ? ArtemisNames.address(topic) : name;
		RoutingType routing = (topic != null) ? RoutingType.MULTICAST : RoutingType.ANYCAST;
		QueueQuery answer = query(name);
		if (answer == null) {
			AddressQuery parent = this.session.addressQuery(SimpleString.of(address));
			if (parent.isExists()) {
				check(parent, address, routing);
			}
			try {
				this.session.createQueue(durable(name, address, routing));
				return;
			}
			catch (ActiveMQQueueExistsException ex) {
				answer = query(name);
			}
		}
		if (answer != null) {
			check(answer, name, address, routing);
		}
	}

	private static void check(AddressQuery answer, String address, RoutingType routing) throws JMSException {
		boolean multicast = routing == RoutingType.MULTICAST;
		if (multicast ? !answer.isSupportsMulticast() : !answer.isSupportsAnycast()) {
			throw new InvalidDestinationException("Address '" + address + "' exists on the broker without the"
					+ " routing type " + routing + ", so that it is no " + (multicast ? "topic" : "queue")
					+ "; add the routing type there, or choose another name");
		}
	}

	private static void check(QueueQuery answer, String name, String address, RoutingType routing) throws JMSException {
		if (!answer.getAddress().toString().equals(address)) {
			throw new InvalidDestinationException("Queue '" + name + "' exists on the broker, but at address '"
					+ answer.getAddress() + "' instead of '" + address + "'; delete it there, or choose another name");
		}
		if (answer.getRoutingType() != null && answer.getRoutingType() != routing) {
			throw new InvalidDestinationException("Queue '" + name + "' exists on the broker with the routing type "
					+ answer.getRoutingType() + " instead of " + routing + "; delete it there, or choose another name");
		}
	}

}
