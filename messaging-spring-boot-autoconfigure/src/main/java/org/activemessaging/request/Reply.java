package org.activemessaging.request;

import java.util.HashMap;
import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.ConsumerTransaction;
import org.activemessaging.publisher.OutboundHeaders;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.MessageHeaders;

/**
 * A reply that is sent with the acknowledgement of its request. Not stored by the broker
 * if the request says for how long somebody waits.
 *
 * @param broker the broker
 * @param payload what is replied: text or bytes
 * @param properties the headers of the reply
 * @param replyTo where to, as the request says
 * @param queue the name of that queue
 * @param correlationId the request that it is for
 * @param timeToLive how long somebody waits, in milliseconds, 0 if that is not known
 */
record Reply(Broker broker, Object payload, Map<String, Object> properties, Destination replyTo, String queue,
		@Nullable String correlationId, long timeToLive) implements ConsumerTransaction.Send {

	private static final Log logger = LogFactory.getLog(JmsReplies.class);

	/**
	 * Creates a reply of a message that has passed the filters, whose headers are checked
	 * before anything is sent.
	 */
	static Reply of(org.springframework.messaging.Message<?> message, Broker broker, Destination replyTo, String queue,
			@Nullable String correlationId, long timeToLive) {
		Map<String, Object> properties = new HashMap<>();
		message.getHeaders().forEach((name, value) -> {
			if (!name.equals(MessageHeaders.ID) && !name.equals(MessageHeaders.TIMESTAMP)
					&& !OutboundHeaders.isSending(name)) {
				OutboundHeaders.checkFiltered(name, value);
				properties.put(name, value);
			}
		});
		return new Reply(broker, message.getPayload(), properties, replyTo, queue, correlationId, timeToLive);
	}

	@Override
	public void on(Session session, MessageProducer producer) throws JMSException {
		Message reply = body(session);
		reply.setJMSCorrelationID(this.correlationId);
		for (Map.Entry<String, Object> property : this.properties.entrySet()) {
			reply.setObjectProperty(property.getKey(), property.getValue());
		}
		boolean temporary = this.replyTo instanceof TemporaryQueue;
		Destination destination = temporary ? this.replyTo
				: this.broker.adapter().producerDestination(session, Address.queue(this.queue));
		try {
			producer.send(destination, reply,
					(temporary || this.timeToLive > 0) ? DeliveryMode.NON_PERSISTENT : DeliveryMode.PERSISTENT,
					Message.DEFAULT_PRIORITY, this.timeToLive);
		}
		catch (InvalidDestinationException ex) {
			// The temporary queue is gone with the one who asked: no reason to repeat the
			// work.
			if (!temporary) {
				throw ex;
			}
			logger.debug("No reply is sent, as its queue is gone", ex);
		}
	}

	private Message body(Session session) throws JMSException {
		if (this.payload instanceof byte[] bytes) {
			BytesMessage reply = session.createBytesMessage();
			reply.writeBytes(bytes);
			return reply;
		}
		return session.createTextMessage(this.payload.toString());
	}

}
