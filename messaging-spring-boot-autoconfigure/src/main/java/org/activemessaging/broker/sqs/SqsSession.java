package org.activemessaging.broker.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import org.activemessaging.broker.facade.EmulatedTransaction;
import org.activemessaging.broker.facade.FacadeSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A session. What is sent in a transaction is checked at once, and sent by the commit
 * before anything that was received is acknowledged.
 */
final class SqsSession extends FacadeSession implements EmulatedTransaction.Client {

	/**
	 * The mode in which each message is acknowledged on its own; the number is the one of
	 * Amazon's library.
	 */
	static final int INDIVIDUAL_ACKNOWLEDGE = 100;

	private static final Log logger = LogFactory.getLog(SqsSession.class);

	private final EmulatedTransaction transaction = new EmulatedTransaction(this);

	private final Map<EmulatedTransaction.Send, SqsEncoded> encoded = new IdentityHashMap<>();

	private final List<SqsConsumer> consumers = new CopyOnWriteArrayList<>();

	private final SqsConnection connection;

	private final boolean transacted;

	private final int acknowledgeMode;

	private final SqsSender sender;

	private final SqsEncoder encoder;

	private final SqsUnacknowledged unacknowledged;

	private volatile boolean closed;

	SqsSession(SqsConnection connection, boolean transacted, int acknowledgeMode) {
		this.connection = connection;
		this.transacted = transacted;
		this.acknowledgeMode = transacted ? Session.SESSION_TRANSACTED : acknowledgeMode;
		SqsQueues queues = connection.service().queues();
		this.sender = new SqsSender(queues);
		this.encoder = new SqsEncoder(queues, connection.service().settings().maxMessageSize());
		this.unacknowledged = new SqsUnacknowledged(connection.leases(),
				this.acknowledgeMode == INDIVIDUAL_ACKNOWLEDGE);
	}

	SqsQueues queues() {
		return this.connection.service().queues();
	}

	SqsService service() {
		return this.connection.service();
	}

	SqsConsumer createConsumer(String queue, int prefetch) throws JMSException {
		checkOpen();
		SqsConsumer consumer = new SqsConsumer(this, this.connection, queue, prefetch);
		this.consumers.add(consumer);
		return consumer;
	}

	/**
	 * Returns a message that was received, unless it comes too late.
	 */
	@Nullable Message take(SqsReceived received) throws JMSException {
		SqsLease lease = received.lease();
		if (lease.isOver()) {
			// It comes again, and perhaps somebody else has it already.
			this.connection.leases().drop(lease);
			return null;
		}
		SqsMessage message = SqsDecoder.decode(received.message(), lease,
				this.connection.service().timesUnseen(lease.messageId()), this::acknowledge);
		if (message.getJMSExpiration() > 0 && message.getJMSExpiration() <= System.currentTimeMillis()) {
			this.connection.leases().acknowledge(List.of(lease));
			return null;
		}
		if (this.transacted) {
			this.transaction.received(message);
		}
		else if (this.acknowledgeMode == INDIVIDUAL_ACKNOWLEDGE || this.acknowledgeMode == Session.CLIENT_ACKNOWLEDGE) {
			this.unacknowledged.add(lease);
		}
		else {
			this.connection.leases().acknowledge(List.of(lease));
		}
		return message;
	}

	private void acknowledge(SqsLease lease) throws JMSException {
		checkOpen();
		this.unacknowledged.acknowledge(lease);
	}

	void send(Destination destination, Message message, long timeToLive, long deliveryDelay, Duration timeout)
			throws JMSException {
		checkOpen();
		SqsEncoded encodedMessage = this.encoder.encode(message, timeToLive, deliveryDelay);
		if (this.transacted) {
			EmulatedTransaction.Send send = new EmulatedTransaction.Send(destination, message, 0, 0, timeToLive,
					deliveryDelay);
			this.encoded.put(send, encodedMessage);
			this.transaction.add(send);
			return;
		}
		try {
			this.sender.send(destination, encodedMessage, timeout);
		}
		catch (JMSException ex) {
			this.connection.note(ex);
			throw ex;
		}
	}

	@Override
	public void send(List<EmulatedTransaction.Send> sends) throws JMSException {
		List<SqsSender.Item> items = new ArrayList<>(sends.size());
		for (EmulatedTransaction.Send send : sends) {
			SqsEncoded message = this.encoded.get(send);
			if (message != null) {
				items.add(new SqsSender.Item(send.destination(), message));
			}
		}
		this.sender.send(items);
	}

	@Override
	public void acknowledge(List<Message> messages) throws JMSException {
		this.connection.leases().acknowledge(leases(messages));
	}

	@Override
	public void giveBack(List<Message> messages) throws JMSException {
		giveBackLeases(leases(messages));
	}

	// The last one first: the first of a group holds back the others until it is free. So
	// what was handed ahead of a queue in order has to go back, too.
	private void giveBackLeases(List<SqsLease> leases) throws JMSException {
		for (SqsConsumer consumer : this.consumers) {
			if (SqsNames.isFifo(consumer.queue())) {
				List<SqsLease> ahead = consumer.drain();
				Collections.reverse(ahead);
				this.connection.leases().giveBackUnseen(ahead);
			}
		}
		List<SqsLease> reversed = new ArrayList<>(leases);
		Collections.reverse(reversed);
		this.connection.leases().giveBack(reversed);
	}

	private static List<SqsLease> leases(List<Message> messages) {
		List<SqsLease> leases = new ArrayList<>(messages.size());
		for (Message message : messages) {
			SqsLease lease = (message instanceof SqsMessage sqs) ? sqs.state().lease() : null;
			if (lease != null) {
				leases.add(lease);
			}
		}
		return leases;
	}

	@Override
	public void commit() throws JMSException {
		checkOpen();
		checkTransacted(true);
		try {
			this.transaction.commit();
			this.encoded.clear();
		}
		catch (JMSException ex) {
			this.connection.note(ex);
			throw ex;
		}
	}

	@Override
	public void rollback() throws JMSException {
		checkOpen();
		checkTransacted(true);
		this.encoded.clear();
		this.transaction.rollback();
	}

	@Override
	public void recover() throws JMSException {
		checkOpen();
		checkTransacted(false);
		giveBackLeases(this.unacknowledged.takeAll());
	}

	private void checkTransacted(boolean expected) throws JMSException {
		if (this.transacted != expected) {
			throw new jakarta.jms.IllegalStateException(
					"The session is " + (this.transacted ? "" : "not ") + "transacted");
		}
	}

	private void checkOpen() throws JMSException {
		if (this.closed) {
			throw new jakarta.jms.IllegalStateException("The session is closed");
		}
	}

	void closed(SqsConsumer consumer) {
		this.consumers.remove(consumer);
	}

	@Override
	public void close() throws JMSException {
		if (this.closed) {
			return;
		}
		for (SqsConsumer consumer : this.consumers) {
			consumer.close();
		}
		try {
			if (this.transacted) {
				rollback();
			}
			else {
				recover();
			}
		}
		catch (JMSException ex) {
			logger.debug("What a session held comes again later", ex);
		}
		this.closed = true;
		this.connection.closed(this);
	}

	@Override
	public MessageProducer createProducer(@Nullable Destination destination) throws JMSException {
		checkOpen();
		return new SqsProducer(this, destination, this.connection.service().profile().publishTimeout());
	}

	@Override
	public MessageConsumer createConsumer(Destination destination, @Nullable String messageSelector)
			throws JMSException {
		if (messageSelector != null && !messageSelector.isEmpty()) {
			throw new InvalidSelectorException("SQS has no selectors");
		}
		if (!(destination instanceof SqsDestination sqs) || sqs.topic()) {
			throw new InvalidDestinationException("Only queues of this session can be consumed on SQS");
		}
		queues().url(sqs.name());
		return createConsumer(sqs.name(), 0);
	}

	@Override
	public TextMessage createTextMessage() throws JMSException {
		return createTextMessage(null);
	}

	@Override
	public TextMessage createTextMessage(@Nullable String text) throws JMSException {
		return new SqsTextMessage(new SqsState(), text);
	}

	@Override
	public BytesMessage createBytesMessage() throws JMSException {
		return new SqsBytesMessage(new SqsState(), null);
	}

	@Override
	public Queue createQueue(String queueName) throws JMSException {
		return SqsDestination.queue(queueName);
	}

	@Override
	public Topic createTopic(String topicName) throws JMSException {
		return new SqsDestination(topicName, true);
	}

	@Override
	public boolean getTransacted() throws JMSException {
		return this.transacted;
	}

	@Override
	public int getAcknowledgeMode() throws JMSException {
		return this.acknowledgeMode;
	}

}
