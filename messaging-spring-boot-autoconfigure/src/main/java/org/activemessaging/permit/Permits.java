package org.activemessaging.permit;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;

/**
 * The permits of a processor: messages in a queue, of which who wants to work holds one
 * in an open transaction. A holder that dies loses its connection, and the broker puts
 * its permit back.
 *
 * @param broker the broker, which is that of the messages
 * @param owner the group of the application and the id of the processor
 * @param number how many permits there are to be
 * @since 0.1.0
 */
public record Permits(Broker broker, String owner, int number) {

	/**
	 * Returns the queue of the permits.
	 * @return its address
	 */
	public Address queue() {
		return Address.queue("PERMIT." + this.owner);
	}

	/**
	 * Returns the queue of the one message whose holder sees to it that there are as many
	 * permits as there are to be.
	 * @return its address
	 */
	public Address keeperQueue() {
		return Address.queue("PERMIT." + this.owner + ".KEEPER");
	}

	void send(Session session, MessageProducer producer, Address queue) throws JMSException {
		producer.send(this.broker.adapter().producerDestination(session, queue), session.createMessage(),
				DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, Message.DEFAULT_TIME_TO_LIVE);
	}

	@Override
	public String toString() {
		return "the permits in " + queue();
	}

}
