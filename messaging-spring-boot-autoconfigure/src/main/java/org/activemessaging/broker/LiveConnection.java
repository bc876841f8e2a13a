package org.activemessaging.broker;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

import org.springframework.jms.support.JmsUtils;

/**
 * A connection from its opening to its failure. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LiveConnection {

	private final AtomicBoolean broken = new AtomicBoolean();

	private final Connection connection;

	private final Broker broker;

	private LiveConnection(Connection connection, Broker broker) {
		this.connection = connection;
		this.broker = broker;
	}

	/**
	 * Opens and starts a connection, unless the broker has refused the credentials a
	 * short time ago.
	 * @param broker the broker
	 * @param refusal what remembers that, and is told of this one
	 * @return the connection
	 * @throws JMSException if the broker cannot be reached, or refuses
	 */
	public static LiveConnection open(Broker broker, Refusal refusal) throws JMSException {
		refusal.check();
		Connection connection = null;
		try {
			connection = broker.connectionFactory().createConnection();
			LiveConnection opened = new LiveConnection(connection, broker);
			connection.setExceptionListener(opened::failed);
			connection.start();
			refusal.clear();
			return opened;
		}
		catch (JMSException ex) {
			refusal.note(ex);
			JmsUtils.closeConnection(connection);
			throw ex;
		}
	}

	// Some clients report here, too, what the broker says about a single message.
	private void failed(JMSException failure) {
		if (!this.broker.adapter().isRefusal(failure)) {
			fail();
		}
	}

	/**
	 * Notes that the connection is of no use any more.
	 * @return whether it was until now
	 */
	public boolean fail() {
		return this.broken.compareAndSet(false, true);
	}

	/**
	 * Tells whether the connection has failed, or was closed here.
	 * @return whether it has
	 */
	public boolean isBroken() {
		return this.broken.get();
	}

	/**
	 * Tells whether there is a broker at the other end at this moment.
	 * @return whether there is, for all that is known here
	 */
	public boolean isConnected() {
		return this.broker.adapter().isConnected(this.connection);
	}

	/**
	 * Returns the connection.
	 * @return the connection of the broker's client
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * Closes the connection. A client that waits for its broker holds up who does so.
	 */
	public void close() {
		fail();
		JmsUtils.closeConnection(this.connection);
	}

	/**
	 * Closes the connection on a thread of its own, and returns at once.
	 * @param name the name of the thread
	 * @return the thread
	 */
	public Thread closeElsewhere(String name) {
		Thread closer = new Thread(this::close, name);
		closer.setDaemon(true);
		closer.start();
		return closer;
	}

}
