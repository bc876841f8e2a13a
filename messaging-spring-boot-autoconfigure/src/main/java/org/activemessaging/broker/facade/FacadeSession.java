package org.activemessaging.broker.facade;

import java.io.Serializable;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import org.jspecify.annotations.Nullable;

/**
 * A session whose rarely used abilities are missing until a client adds them.
 *
 * @since 0.1.0
 */
public abstract class FacadeSession implements Session {

	@Override
	public TextMessage createTextMessage(@Nullable String text) throws JMSException {
		TextMessage message = createTextMessage();
		message.setText(text);
		return message;
	}

	@Override
	public Message createMessage() throws JMSException {
		return createTextMessage();
	}

	@Override
	public MessageConsumer createConsumer(Destination destination) throws JMSException {
		return createConsumer(destination, null);
	}

	@Override
	public MessageConsumer createConsumer(Destination destination, @Nullable String messageSelector, boolean noLocal)
			throws JMSException {
		return createConsumer(destination, messageSelector);
	}

	@Override
	public MapMessage createMapMessage() throws JMSException {
		throw Unsupported.operation("map messages");
	}

	@Override
	public ObjectMessage createObjectMessage() throws JMSException {
		throw Unsupported.operation("object messages");
	}

	@Override
	public ObjectMessage createObjectMessage(Serializable object) throws JMSException {
		throw Unsupported.operation("object messages");
	}

	@Override
	public StreamMessage createStreamMessage() throws JMSException {
		throw Unsupported.operation("stream messages");
	}

	@Override
	public @Nullable MessageListener getMessageListener() throws JMSException {
		return null;
	}

	@Override
	public void setMessageListener(@Nullable MessageListener listener) throws JMSException {
		throw Unsupported.operation("listeners of a session");
	}

	@Override
	public void run() {
	}

	@Override
	public MessageConsumer createSharedConsumer(Topic topic, String sharedSubscriptionName) throws JMSException {
		throw Unsupported.operation("shared subscriptions");
	}

	@Override
	public MessageConsumer createSharedConsumer(Topic topic, String sharedSubscriptionName, String messageSelector)
			throws JMSException {
		throw Unsupported.operation("shared subscriptions");
	}

	@Override
	public TopicSubscriber createDurableSubscriber(Topic topic, String name) throws JMSException {
		throw Unsupported.operation("durable subscriptions");
	}

	@Override
	public TopicSubscriber createDurableSubscriber(Topic topic, String name, String messageSelector, boolean noLocal)
			throws JMSException {
		throw Unsupported.operation("durable subscriptions");
	}

	@Override
	public MessageConsumer createDurableConsumer(Topic topic, String name) throws JMSException {
		throw Unsupported.operation("durable subscriptions");
	}

	@Override
	public MessageConsumer createDurableConsumer(Topic topic, String name, String messageSelector, boolean noLocal)
			throws JMSException {
		throw Unsupported.operation("durable subscriptions");
	}

	@Override
	public MessageConsumer createSharedDurableConsumer(Topic topic, String name) throws JMSException {
		throw Unsupported.operation("shared subscriptions");
	}

	@Override
	public MessageConsumer createSharedDurableConsumer(Topic topic, String name, String messageSelector)
			throws JMSException {
		throw Unsupported.operation("shared subscriptions");
	}

	@Override
	public QueueBrowser createBrowser(Queue queue) throws JMSException {
		return createBrowser(queue, null);
	}

	@Override
	public QueueBrowser createBrowser(Queue queue, @Nullable String messageSelector) throws JMSException {
		throw Unsupported.operation("browsing");
	}

	@Override
	public TemporaryQueue createTemporaryQueue() throws JMSException {
		throw Unsupported.operation("temporary queues");
	}

	@Override
	public TemporaryTopic createTemporaryTopic() throws JMSException {
		throw Unsupported.operation("temporary topics");
	}

	@Override
	public void unsubscribe(String name) throws JMSException {
		throw Unsupported.operation("durable subscriptions");
	}

}
