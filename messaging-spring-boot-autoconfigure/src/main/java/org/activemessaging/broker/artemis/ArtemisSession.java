package org.activemessaging.broker.artemis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.VirtualTopicNames;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.core.client.impl.ClientSessionInternal;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.ActiveMQTopic;
import org.apache.activemq.artemis.utils.SelectorTranslator;
import org.jspecify.annotations.Nullable;

/**
 * A session that knows which queues and addresses the broker has, and makes those that it
 * does not: what Artemis makes by itself for a producer or a consumer, it also deletes.
 */
final class ArtemisSession extends ActiveMQSession {

	// What an operator deletes meanwhile is made again; before that, the broker drops
	// what is sent to an address without a queue.
	private static final long TRUST = TimeUnit.SECONDS.toNanos(5);

	// What a message may take of a consumer's window. If it is larger, fewer are handed
	// ahead, but always one.
	private static final int BYTES_PER_MESSAGE = 1024;

	private final Map<Address, Known> known = new ConcurrentHashMap<>();

	private final ArtemisConnection connection;

	private final ArtemisConnectionFactory options;

	private final ArtemisTopology topology;

	ArtemisSession(ArtemisConnectionFactory options, ArtemisConnection connection, boolean transacted, boolean xa,
			int acknowledgeMode, ClientSession session, int type) {
		super(options, connection, transacted, xa, acknowledgeMode, options.isCacheDestinations(),
				options.isEnable1xPrefixes(), session, type);
		this.options = options;
		this.connection = connection;
		this.topology = new ArtemisTopology(session);
	}

	ArtemisTopology topology() {
		return this.topology;
	}

	@Override
	public MessageProducer createProducer(@Nullable Destination destination) throws JMSException {
		if (destination != null) {
			return super.createProducer(destination);
		}
		try {
			return new ArtemisProducer(this.connection, new QueueAwareProducer(getCoreSession().createProducer()), null,
					this, this.options, this.options.sendTimeout());
		}
		catch (ActiveMQException ex) {
			throw ArtemisErrors.of(ex);
		}
	}

	/**
	 * Returns where to send what is meant for an address, which exists then.
	 */
	ActiveMQDestination destination(Address address) throws JMSException {
		long now = System.nanoTime();
		Known before = this.known.get(address);
		if (before != null && now - before.checkedAt() < TRUST) {
			return before.destination();
		}
		this.topology.ensure(address);
		ActiveMQDestination destination = (before != null) ? before.destination() : newDestination(address);
		this.known.put(address, new Known(destination, now));
		return destination;
	}

	private static ActiveMQDestination newDestination(Address address) {
		String topic = address.topic() ? null : VirtualTopicNames.topicOf(address.name());
		// What goes to one queue of a topic goes the way of a topic.
		ActiveMQDestination destination = (topic != null)
				? new ActiveMQTopic(ArtemisNames.returnAddress(topic) + "::" + address.name()) : (address.topic()
						? new ActiveMQTopic(ArtemisNames.address(address.name())) : new ActiveMQQueue(address.name()));
		// Else the client would look for it with each message, and make one that is
		// deleted with its last consumer.
		destination.setCreated(true);
		return destination;
	}

	/**
	 * Creates a consumer of a queue or a topic.
	 */
	MessageConsumer consumer(Address address, int prefetch, @Nullable String selector) throws JMSException {
		ActiveMQDestination destination = destination(address);
		if (address.topic()) {
			return createConsumer(destination, selector);
		}
		String condition = (selector == null || selector.isEmpty()) ? null : selector;
		return new ArtemisConsumer(this, coreConsumer(address.name(), condition, window(prefetch), false), condition);
	}

	/**
	 * Creates a consumer of the queue that is, for Artemis' own client, too, the durable
	 * subscription of a topic.
	 */
	MessageConsumer consumer(Address topic, DurableSubscription subscription, int prefetch, @Nullable String selector)
			throws JMSException {
		String queue = ActiveMQDestination
			.createQueueNameForSubscription(true, subscription.clientId(), subscription.name())
			.toString();
		String condition = (selector == null || selector.isEmpty()) ? null : selector;
		this.topology.ensureSubscription(queue, topic.name(), filter(condition));
		return new ArtemisConsumer(this, coreConsumer(queue, null, window(prefetch), false), condition);
	}

	// The broker sends as long as anything is left of the window, be it one byte.
	private static int window(int prefetch) {
		return (prefetch == 0) ? 0 : (int) Math.min(Integer.MAX_VALUE, 1 + (prefetch - 1L) * BYTES_PER_MESSAGE);
	}

	private static @Nullable SimpleString filter(@Nullable String selector) {
		return (selector != null) ? SimpleString.of(SelectorTranslator.convertToActiveMQFilterString(selector)) : null;
	}

	private ClientConsumer coreConsumer(String queue, @Nullable String selector, int window, boolean browse)
			throws JMSException {
		try {
			return getCoreSession().createConsumer(SimpleString.of(queue), filter(selector), window, -1, browse);
		}
		catch (ActiveMQException ex) {
			if (ex.getType() == ActiveMQExceptionType.QUEUE_DOES_NOT_EXIST) {
				// Deleted since it was seen; the next try makes it again.
				this.known.remove(Address.queue(queue));
			}
			throw ArtemisErrors.of(ex);
		}
	}

	/**
	 * Looks at the first messages of a queue.
	 * @param limit how many at most
	 * @return the messages, none if there is no such queue
	 */
	List<Message> browse(String queue, int limit) throws JMSException {
		List<Message> messages = new ArrayList<>();
		if (limit > 0 && this.topology.exists(queue)) {
			try (ClientConsumer browser = coreConsumer(queue, null, Math.min(limit, 100) * BYTES_PER_MESSAGE, true)) {
				ClientMessage found = browser.receiveImmediate();
				while (found != null) {
					messages.add(message(found));
					found = (messages.size() < limit) ? browser.receiveImmediate() : null;
				}
			}
			catch (ActiveMQException ex) {
				throw ArtemisErrors.of(ex);
			}
		}
		return messages;
	}

	/**
	 * Makes a message of Jakarta Messaging from one of the client's core.
	 */
	ActiveMQMessage message(ClientMessage received) throws ActiveMQException, JMSException {
		int mode = getAcknowledgeMode();
		boolean needsSession = mode == Session.CLIENT_ACKNOWLEDGE
				|| mode == ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE;
		ActiveMQMessage message = ActiveMQMessage.createMessage(received, needsSession ? getCoreSession() : null,
				this.options);
		try {
			message.doBeforeReceive();
			if (received.isLargeMessage()) {
				// Else its body would end with the next receive or the next rollback.
				received.getBodyBuffer();
			}
		}
		catch (IndexOutOfBoundsException ex) {
			doom();
			JMSException unreadable = new JMSException("The message cannot be read");
			unreadable.initCause(ex);
			throw unreadable;
		}
		return message;
	}

	/**
	 * Lets the transaction end in no other way than by a rollback.
	 */
	void doom() {
		((ClientSessionInternal) getCoreSession()).markRollbackOnly();
	}

	/**
	 * A destination that existed at a time.
	 *
	 * @param destination the destination
	 * @param checkedAt when, by {@link System#nanoTime()}
	 */
	private record Known(ActiveMQDestination destination, long checkedAt) {
	}

}
