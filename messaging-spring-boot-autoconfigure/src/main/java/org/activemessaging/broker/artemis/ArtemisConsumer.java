package org.activemessaging.broker.artemis;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQInterruptedException;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of a queue with a window of its own, which those of Artemis' client for
 * Jakarta Messaging share with their connection factory. It says that its connection is
 * lost, where theirs only say that there is no message.
 */
final class ArtemisConsumer implements MessageConsumer {

	private final ArtemisSession session;

	private final ClientConsumer consumer;

	private final @Nullable String selector;

	private volatile boolean closed;

	ArtemisConsumer(ArtemisSession session, ClientConsumer consumer, @Nullable String selector) {
		this.session = session;
		this.consumer = consumer;
		this.selector = selector;
	}

	@Override
	public @Nullable Message receive() throws JMSException {
		return receive(this.consumer::receive);
	}

	@Override
	public @Nullable Message receive(long timeout) throws JMSException {
		return receive(() -> this.consumer.receive(timeout));
	}

	@Override
	public @Nullable Message receiveNoWait() throws JMSException {
		return receive(this.consumer::receiveImmediate);
	}

	private @Nullable Message receive(Receive receive) throws JMSException {
		try {
			ClientMessage received = receive.run();
			if (received != null) {
				return acknowledged(this.session.message(received), received);
			}
		}
		catch (ActiveMQException ex) {
			this.session.doom();
			throw ArtemisErrors.of(ex);
		}
		catch (ActiveMQInterruptedException ex) {
			this.session.doom();
			throw ArtemisErrors.of(ex);
		}
		if (!this.closed && this.consumer.isClosed()) {
			throw new IllegalStateException("The connection to the broker is lost");
		}
		return null;
	}

	// As the consumers of the client do it: only when the message could be read.
	private Message acknowledged(ActiveMQMessage message, ClientMessage received)
			throws ActiveMQException, JMSException {
		switch (this.session.getAcknowledgeMode()) {
			case ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE -> message.setIndividualAcknowledge();
			case Session.CLIENT_ACKNOWLEDGE -> {
				message.setClientAcknowledge();
				received.acknowledge();
			}
			default -> received.acknowledge();
		}
		return message;
	}

	@Override
	public @Nullable String getMessageSelector() {
		return this.selector;
	}

	@Override
	public @Nullable MessageListener getMessageListener() {
		return null;
	}

	@Override
	public void setMessageListener(MessageListener listener) throws JMSException {
		throw new IllegalStateException("This consumer is asked for its messages");
	}

	@Override
	public void close() throws JMSException {
		this.closed = true;
		try {
			this.consumer.close();
		}
		catch (ActiveMQException ex) {
			throw ArtemisErrors.of(ex);
		}
	}

	/**
	 * A way to ask for a message.
	 */
	@FunctionalInterface
	private interface Receive {

		/**
		 * Asks for one.
		 * @throws ActiveMQException if the session is of no more use
		 */
		@Nullable ClientMessage run() throws ActiveMQException;

	}

}
