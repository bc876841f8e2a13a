package org.activemessaging.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;

/**
 * Holds the connection of a thread that may have to be stopped while it waits for its
 * broker: some calls of clients wait without a bound, and end only when somebody else
 * closes their connection.
 *
 * @since 0.1.0
 */
public final class ConnectionGuard {

	private static final long GRACE = 2000;

	private volatile @Nullable Connection connection;

	private volatile @Nullable Thread owner;

	/**
	 * Opens a connection for the current thread.
	 * @param broker the broker
	 * @return the connection, not started
	 * @throws JMSException if the broker cannot be reached
	 */
	public Connection open(Broker broker) throws JMSException {
		this.owner = Thread.currentThread();
		Connection opened = broker.connectionFactory().createConnection();
		this.connection = opened;
		return opened;
	}

	/**
	 * Closes the connection from outside if the thread that opened it does not end soon.
	 * Returns at once.
	 * @param name the name of the thread that waits for it
	 */
	public void closeUnlessEnded(String name) {
		Thread opener = this.owner;
		if (opener == null) {
			return;
		}
		Thread closer = new Thread(() -> {
			try {
				opener.join(GRACE);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (opener.isAlive()) {
				JmsUtils.closeConnection(this.connection);
			}
		}, name);
		closer.setDaemon(true);
		closer.start();
	}

}
