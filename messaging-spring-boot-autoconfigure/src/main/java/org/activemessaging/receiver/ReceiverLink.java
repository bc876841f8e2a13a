package org.activemessaging.receiver;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.activemessaging.broker.Broker;

import org.springframework.jms.support.JmsUtils;

/**
 * A connection from its opening to its failure.
 */
final class ReceiverLink {

	private final AtomicBoolean broken = new AtomicBoolean();

	private final Connection connection;

	private final Broker broker;

	private ReceiverLink(Connection connection, Broker broker) {
		this.connection = connection;
		this.broker = broker;
	}

	static ReceiverLink open(Broker broker) throws JMSException {
		ReceiverLink link = new ReceiverLink(broker.connectionFactory().createConnection(), broker);
		try {
			link.connection.setExceptionListener(link::failed);
			link.connection.start();
			return link;
		}
		catch (JMSException ex) {
			JmsUtils.closeConnection(link.connection);
			throw ex;
		}
	}

	// Some clients report here, too, what the broker says about a single message.
	private void failed(JMSException failure) {
		if (!this.broker.adapter().isRefusal(failure)) {
			this.broken.set(true);
		}
	}

	boolean isBroken() {
		return this.broken.get() || !this.broker.adapter().isConnected(this.connection);
	}

	/**
	 * Takes the connection for broken.
	 * @return whether it was whole before
	 */
	boolean breaks() {
		return this.broken.compareAndSet(false, true);
	}

	Connection connection() {
		return this.connection;
	}

}
