package org.activemessaging.broker.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.broker.facade.FacadeSession;
import org.apache.activemq.ActiveMQSession;
import org.apache.activemq.command.ActiveMQBytesMessage;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQMapMessage;
import org.apache.activemq.command.ActiveMQMessage;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQStreamMessage;
import org.apache.activemq.command.ActiveMQTextMessage;
import org.apache.activemq.command.ActiveMQTopic;
import org.jspecify.annotations.Nullable;

/**
 * A session with its transaction. Closed by any thread, otherwise used by one.
 */
final class MemorySession extends FacadeSession {

	static final int INDIVIDUAL_ACKNOWLEDGE = ActiveMQSession.INDIVIDUAL_ACKNOWLEDGE;

	private final Set<MemoryConsumer> consumers = ConcurrentHashMap.newKeySet();

	// Guarded by itself: who closes a connection gives back what its sessions hold.
	private final List<Stored> received = new ArrayList<>();

	private final List<MemoryBroker.Send> sends = new ArrayList<>();

	private final MemoryConnection connection;

	private final boolean transacted;

	private final int acknowledgeMode;

	private volatile boolean closed;

	MemorySession(MemoryConnection connection, boolean transacted, int acknowledgeMode) {
		this.connection = connection;
		this.transacted = transacted;
		this.acknowledgeMode = transacted ? Session.SESSION_TRANSACTED : acknowledgeMode;
	}

	MemoryConnection connection() {
		return this.connection;
	}

	MemoryBroker broker() {
		return this.connection.broker();
	}

	/**
	 * Takes over a message that was received.
	 * @return the message as the client gets it, or {@code null} if the session has been
	 * closed meanwhile
	 */
	@Nullable Message take(Stored stored) throws JMSException {
		ActiveMQMessage message = stored.copy();
		if (isAutomatic()) {
			broker().commit(List.of(), List.of(stored));
			return message;
		}
		synchronized (this.received) {
			if (this.closed) {
				broker().giveBack(List.of(stored));
				return null;
			}
			this.received.add(stored);
		}
		if (!this.transacted) {
			message.setAcknowledgeCallback(() -> acknowledge(stored));
		}
		return message;
	}

	private boolean isAutomatic() {
		return this.acknowledgeMode == Session.AUTO_ACKNOWLEDGE || this.acknowledgeMode == Session.DUPS_OK_ACKNOWLEDGE;
	}

	private void acknowledge(Stored stored) throws JMSException {
		checkOpen();
		if (this.acknowledgeMode != INDIVIDUAL_ACKNOWLEDGE) {
			broker().commit(List.of(), takeReceived());
			return;
		}
		boolean held;
		synchronized (this.received) {
			held = this.received.remove(stored);
		}
		if (held) {
			broker().commit(List.of(), List.of(stored));
		}
	}

	private List<Stored> takeReceived() {
		synchronized (this.received) {
			List<Stored> all = List.copyOf(this.received);
			this.received.clear();
			return all;
		}
	}

	void send(MemoryBroker.Send send) throws JMSException {
		checkOpen();
		if (this.transacted) {
			this.sends.add(send);
		}
		else {
			broker().commit(List.of(send), List.of());
		}
	}

	@Override
	public void commit() throws JMSException {
		synchronized (this.received) {
			checkTransacted();
			broker().commit(List.copyOf(this.sends), List.copyOf(this.received));
			this.received.clear();
		}
		this.sends.clear();
	}

	@Override
	public void rollback() throws JMSException {
		checkTransacted();
		this.sends.clear();
		broker().giveBack(takeReceived());
	}

	@Override
	public void recover() throws JMSException {
		checkOpen();
		if (this.transacted) {
			throw new jakarta.jms.IllegalStateException("The session is transacted");
		}
		broker().giveBack(takeReceived());
	}

	private void checkTransacted() throws JMSException {
		checkOpen();
		if (!this.transacted) {
			throw new jakarta.jms.IllegalStateException("The session is not transacted");
		}
	}

	void checkOpen() throws JMSException {
		if (this.closed) {
			throw new jakarta.jms.IllegalStateException("The session on " + broker() + " is closed");
		}
	}

	@Override
	public void close() throws JMSException {
		synchronized (this.received) {
			this.closed = true;
		}
		for (MemoryConsumer consumer : new ArrayList<>(this.consumers)) {
			consumer.close();
		}
		broker().giveBack(takeReceived());
		this.connection.closed(this);
	}

	@Override
	public MessageConsumer createConsumer(Destination destination, @Nullable String messageSelector)
			throws JMSException {
		checkOpen();
		ActiveMQDestination address = address(destination);
		String name = address.getPhysicalName();
		return consumer(address.isTopic() ? broker().subscribe(name) : broker().open(name),
				Selector.of(messageSelector), address.isTopic());
	}

	/**
	 * Creates the consumer of a durable subscription.
	 */
	MemoryConsumer consumer(String topic, DurableSubscription subscription, @Nullable String messageSelector)
			throws JMSException {
		checkOpen();
		Selector selector = Selector.of(messageSelector);
		return consumer(broker().subscribe(topic, subscription, selector), selector, true);
	}

	private MemoryConsumer consumer(MemoryQueue queue, Selector selector, boolean topic) {
		MemoryConsumer consumer = new MemoryConsumer(this, queue, selector, topic);
		this.consumers.add(consumer);
		return consumer;
	}

	void closed(MemoryConsumer consumer) {
		this.consumers.remove(consumer);
	}

	@Override
	public MessageProducer createProducer(@Nullable Destination destination) throws JMSException {
		checkOpen();
		return new MemoryProducer(this, destination);
	}

	@Override
	public QueueBrowser createBrowser(Queue queue, @Nullable String messageSelector) throws JMSException {
		checkOpen();
		return new MemoryBrowser(broker(), queue, Selector.of(messageSelector));
	}

	static ActiveMQDestination address(Destination destination) throws JMSException {
		ActiveMQDestination address = ActiveMQDestination.transform(destination);
		if (address == null) {
			throw new InvalidDestinationException("A queue or a topic is needed");
		}
		return address;
	}

	@Override
	public Queue createQueue(String queueName) {
		return new ActiveMQQueue(queueName);
	}

	@Override
	public Topic createTopic(String topicName) {
		return new ActiveMQTopic(topicName);
	}

	@Override
	public TextMessage createTextMessage() {
		return new ActiveMQTextMessage();
	}

	@Override
	public BytesMessage createBytesMessage() {
		return new ActiveMQBytesMessage();
	}

	@Override
	public Message createMessage() {
		return new ActiveMQMessage();
	}

	@Override
	public MapMessage createMapMessage() {
		return new ActiveMQMapMessage();
	}

	@Override
	public StreamMessage createStreamMessage() {
		return new ActiveMQStreamMessage();
	}

	@Override
	public boolean getTransacted() {
		return this.transacted;
	}

	@Override
	public int getAcknowledgeMode() {
		return this.acknowledgeMode;
	}

}
