package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.rabbitmq.client.Channel;
import com.rabbitmq.jms.admin.RMQDestination;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import org.activemessaging.broker.facade.EmulatedTransaction;
import org.activemessaging.broker.facade.FacadeProducer;
import org.activemessaging.broker.facade.FacadeSession;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.connection.SessionProxy;

/**
 * A session: a channel on which it receives and one on which it publishes, so that what
 * the broker refuses to take does not end the consumer. Its transaction has what is sent
 * confirmed before it acknowledges what was received.
 */
final class RabbitMqSession extends FacadeSession implements EmulatedTransaction.Client {

	/**
	 * The mode of RabbitMQ's own JMS client in which each message is acknowledged on its
	 * own.
	 */
	static final int INDIVIDUAL_ACKNOWLEDGE = 4;

	private final EmulatedTransaction transaction = new EmulatedTransaction(this);

	private final RabbitMqConnection connection;

	private final Intake intake;

	private final Publications publications;

	private final int mode;

	private int timeout;

	private volatile boolean closed;

	RabbitMqSession(RabbitMqConnection connection, int mode) {
		this.connection = connection;
		this.intake = new Intake(connection);
		this.publications = new Publications(connection);
		this.timeout = connection.timeout();
		this.mode = mode;
	}

	/**
	 * Returns the session of this client behind another, a cached one for example.
	 */
	static RabbitMqSession of(Session session) throws JMSException {
		Session bare = (session instanceof SessionProxy proxy) ? proxy.getTargetSession() : session;
		if (bare instanceof RabbitMqSession rabbitMq) {
			return rabbitMq;
		}
		throw new InvalidDestinationException("The session is not one of RabbitMQ: " + session.getClass().getName());
	}

	RabbitMqConnection connection() {
		return this.connection;
	}

	Intake intake() {
		return this.intake;
	}

	boolean isOpen() {
		return !this.closed && this.connection.isOpen();
	}

	private void check() throws JMSException {
		if (!isOpen()) {
			throw Failures.closed("session");
		}
	}

	/**
	 * Creates a consumer.
	 * @param source what to consume
	 * @param prefetch how many messages the broker may hand ahead
	 */
	RabbitMqConsumer consumer(RMQDestination source, int prefetch) throws JMSException {
		check();
		String queue = source.getAmqpQueueName();
		if (queue != null) {
			this.connection.topology().queue(queue);
			return new RabbitMqConsumer(this, queue, source, prefetch, this.connection.options().isSingle(queue));
		}
		// A queue of this consumer's own, which goes with it.
		String own = subscriptionQueue(source);
		return new RabbitMqConsumer(this, own, source, Math.max(1, prefetch), false);
	}

	/**
	 * Creates a consumer of a queue that keeps the messages of a topic.
	 * @param topic the topic
	 * @param queue the name of the queue
	 * @param prefetch how many messages the broker may hand ahead
	 */
	RabbitMqConsumer consumer(RMQDestination topic, String queue, int prefetch) throws JMSException {
		check();
		this.connection.topology().subscription(queue, topic.getAmqpExchangeName(), topic.getAmqpRoutingKey());
		return new RabbitMqConsumer(this, queue, topic, prefetch, this.connection.options().isSingle(queue));
	}

	private String subscriptionQueue(RMQDestination topic) throws JMSException {
		this.connection.topology().exchange(topic.getAmqpExchangeName());
		try {
			Channel channel = this.intake.channel();
			String queue = channel.queueDeclare("", false, true, true, null).getQueue();
			channel.queueBind(queue, topic.getAmqpExchangeName(), topic.getAmqpRoutingKey());
			return queue;
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("Topic " + topic.getDestinationName() + " cannot be consumed", ex);
		}
	}

	void received(Message message, long tag) throws JMSException {
		switch (this.mode) {
			case Session.SESSION_TRANSACTED -> this.transaction.received(message);
			case Session.CLIENT_ACKNOWLEDGE, INDIVIDUAL_ACKNOWLEDGE -> {
				// Acknowledged by the message.
			}
			default -> this.intake.acknowledge(List.of(tag));
		}
	}

	Received.Acknowledgement acknowledgement() {
		return switch (this.mode) {
			case INDIVIDUAL_ACKNOWLEDGE -> (tag) -> this.intake.acknowledge(List.of(tag));
			case Session.CLIENT_ACKNOWLEDGE -> (tag) -> this.intake
				.acknowledge(this.intake.unsettled().stream().filter((other) -> other <= tag).toList());
			default -> (tag) -> {
				// Not the message's business.
			};
		};
	}

	void send(Outgoing message) throws JMSException {
		check();
		this.publications.publish(List.of(message), this.timeout);
	}

	@Override
	public void send(List<EmulatedTransaction.Send> sends) throws JMSException {
		List<Outgoing> messages = new ArrayList<>(sends.size());
		for (EmulatedTransaction.Send send : sends) {
			messages.add((Outgoing) send.message());
		}
		this.publications.publish(messages, this.timeout);
	}

	@Override
	public void acknowledge(List<Message> messages) throws JMSException {
		this.intake.acknowledge(tags(messages));
	}

	@Override
	public void giveBack(List<Message> messages) throws JMSException {
		this.intake.giveBack(tags(messages));
	}

	private static List<Long> tags(List<Message> messages) {
		return messages.stream().map((message) -> {
			Received received = ((Received.Receivable) message).received();
			return (received != null) ? received.deliveryTag() : 0L;
		}).toList();
	}

	@Override
	public void commit() throws JMSException {
		check();
		this.transaction.commit();
	}

	@Override
	public void rollback() throws JMSException {
		check();
		this.transaction.rollback();
	}

	@Override
	public void recover() throws JMSException {
		check();
		this.intake.giveBack(List.copyOf(this.intake.unsettled()));
	}

	@Override
	public boolean getTransacted() throws JMSException {
		return this.mode == Session.SESSION_TRANSACTED;
	}

	@Override
	public int getAcknowledgeMode() throws JMSException {
		return this.mode;
	}

	@Override
	public TextMessage createTextMessage() throws JMSException {
		return new RabbitMqTextMessage(null);
	}

	@Override
	public BytesMessage createBytesMessage() throws JMSException {
		return new RabbitMqBytesMessage(null);
	}

	@Override
	public Queue createQueue(String queueName) throws JMSException {
		return RabbitMqAdapter.queue(queueName);
	}

	@Override
	public Topic createTopic(String topicName) throws JMSException {
		return RabbitMqAdapter.topic(topicName);
	}

	@Override
	public MessageConsumer createConsumer(Destination destination, @Nullable String messageSelector)
			throws JMSException {
		RabbitMqAdapter.refuseSelector(messageSelector);
		return consumer(RabbitMqAdapter.known(destination), 1);
	}

	@Override
	public MessageProducer createProducer(@Nullable Destination destination) throws JMSException {
		check();
		return new Producer(this, destination);
	}

	@Override
	public void close() throws JMSException {
		if (!this.closed) {
			this.closed = true;
			this.connection.ended(this);
			this.publications.close();
			this.intake.close();
		}
	}

	/**
	 * Sends now, or with the transaction.
	 */
	static final class Producer extends FacadeProducer {

		private final RabbitMqSession session;

		Producer(RabbitMqSession session, @Nullable Destination destination) {
			super(destination);
			this.session = session;
		}

		int exchangeTimeout(int millis) {
			int before = this.session.timeout;
			this.session.timeout = millis;
			return before;
		}

		@Override
		protected void send(Destination destination, Message message, int deliveryMode, int priority, long timeToLive,
				long deliveryDelay) throws JMSException {
			if (deliveryDelay > 0) {
				throw new JMSException("RabbitMQ holds no messages back");
			}
			this.session.check();
			RMQDestination target = RabbitMqAdapter.known(destination);
			if (target.getAmqpExchangeName().isEmpty()) {
				this.session.connection.topology().queue(target.getAmqpRoutingKey());
			}
			Outgoing outgoing = AmqpMessages.outgoing(target, message, deliveryMode, priority, timeToLive);
			if (this.session.getTransacted()) {
				this.session.transaction.add(new EmulatedTransaction.Send(target, outgoing, deliveryMode, priority,
						timeToLive, deliveryDelay));
			}
			else {
				this.session.send(outgoing);
			}
		}

	}

}
