package org.activemessaging.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import org.jspecify.annotations.Nullable;

/**
 * An adapter whose broker keeps the messages of a topic for a consumer that is away.
 *
 * @since 0.1.0
 */
public interface DurableSubscribing {

	/**
	 * Opens the connection that is to read a subscription, and nothing else.
	 * @param connectionFactory a connection factory of the adapter
	 * @param subscription the subscription
	 * @return a connection that is not started
	 * @throws jakarta.jms.InvalidClientIDException if another connection has the client
	 * id
	 * @throws JMSException if there is no connection
	 */
	default Connection connect(ConnectionFactory connectionFactory, DurableSubscription subscription)
			throws JMSException {
		Connection connection = connectionFactory.createConnection();
		try {
			connection.setClientID(subscription.clientId());
			return connection;
		}
		catch (JMSException | RuntimeException ex) {
			try {
				connection.close();
			}
			catch (JMSException suppressed) {
				ex.addSuppressed(suppressed);
			}
			throw ex;
		}
	}

	/**
	 * Creates the consumer of a subscription, and the subscription if there is none yet.
	 * Closing the consumer leaves the subscription.
	 * @param session a session of a connection from {@link #connect}
	 * @param topic what is subscribed to
	 * @param subscription the subscription
	 * @param prefetch how many messages the broker may hand out ahead; 0 if it is to hand
	 * each over when it is asked for
	 * @param selector the condition on headers, or {@code null} for all messages
	 * @return the consumer
	 * @throws JMSException if the broker refuses it
	 */
	MessageConsumer createConsumer(Session session, Address topic, DurableSubscription subscription, int prefetch,
			@Nullable String selector) throws JMSException;

}
