package org.activemessaging.listener;

import jakarta.jms.Connection;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.DurableSubscribing;
import org.activemessaging.broker.DurableSubscription;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of a processor come from.
 *
 * @param broker the broker
 * @param address the address on it
 * @param subscription the durable subscription of a topic, or {@code null} for none
 */
record Source(Broker broker, Address address, @Nullable DurableSubscription subscription) {

	/**
	 * Tells whether messages are there for a consumer that was closed meanwhile.
	 * @return {@code false} if it would have missed them
	 */
	boolean keepsMessages() {
		return !this.address.topic() || this.subscription != null;
	}

	/**
	 * Opens the connection of the container.
	 * @param connector what opens one to which nothing is special
	 * @return the connection
	 * @throws JMSException if there is none
	 */
	Connection connect(Connector connector) throws JMSException {
		if (this.subscription == null) {
			return connector.connect();
		}
		try {
			return durable().connect(this.broker.connectionFactory(), this.subscription);
		}
		catch (InvalidClientIDException ex) {
			throw new InvalidClientIDException("another instance uses the " + this.subscription
					+ "; this one takes over when the other is gone (the broker says: " + ex.getMessage() + ")");
		}
	}

	MessageConsumer createConsumer(Session session, int prefetch, @Nullable String selector) throws JMSException {
		return (this.subscription == null)
				? this.broker.adapter().createConsumer(session, this.address, prefetch, selector)
				: durable().createConsumer(session, this.address, this.subscription, prefetch, selector);
	}

	// Others are refused at start.
	private DurableSubscribing durable() {
		return (DurableSubscribing) this.broker.adapter();
	}

	/**
	 * Opens a connection.
	 */
	@FunctionalInterface
	interface Connector {

		Connection connect() throws JMSException;

	}

}
