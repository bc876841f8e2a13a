package org.activemessaging.broker.facade;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionConsumer;
import jakarta.jms.Destination;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import jakarta.jms.ServerSessionPool;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A connection that makes sessions and tells of its end.
 *
 * @since 0.1.0
 */
public abstract class FacadeConnection implements Connection {

	private volatile @Nullable ExceptionListener exceptionListener;

	/**
	 * Creates a session.
	 * @param transacted whether it is transacted
	 * @param acknowledgeMode one of the constants of {@link Session}, or the adapter's
	 * for individual acknowledgement
	 * @return the session
	 * @throws JMSException if the connection is closed
	 */
	@Override
	public abstract Session createSession(boolean transacted, int acknowledgeMode) throws JMSException;

	@Override
	public Session createSession(int sessionMode) throws JMSException {
		return createSession(sessionMode == Session.SESSION_TRANSACTED, sessionMode);
	}

	@Override
	public Session createSession() throws JMSException {
		return createSession(Session.AUTO_ACKNOWLEDGE);
	}

	@Override
	public @Nullable ExceptionListener getExceptionListener() {
		return this.exceptionListener;
	}

	@Override
	public void setExceptionListener(@Nullable ExceptionListener listener) throws JMSException {
		this.exceptionListener = listener;
	}

	/**
	 * Tells the listener, if there is one, that the connection is of no more use.
	 * @param failure what has happened
	 */
	protected void failed(JMSException failure) {
		ExceptionListener listener = this.exceptionListener;
		if (listener != null) {
			listener.onException(failure);
		}
	}

	@Override
	public @Nullable String getClientID() throws JMSException {
		return null;
	}

	@Override
	public void setClientID(String clientID) throws JMSException {
		throw Unsupported.operation("client ids");
	}

	@Override
	public ConnectionConsumer createConnectionConsumer(Destination destination, String messageSelector,
			ServerSessionPool sessionPool, int maxMessages) throws JMSException {
		throw Unsupported.operation("connection consumers");
	}

	@Override
	public ConnectionConsumer createSharedConnectionConsumer(Topic topic, String subscriptionName,
			String messageSelector, ServerSessionPool sessionPool, int maxMessages) throws JMSException {
		throw Unsupported.operation("connection consumers");
	}

	@Override
	public ConnectionConsumer createDurableConnectionConsumer(Topic topic, String subscriptionName,
			String messageSelector, ServerSessionPool sessionPool, int maxMessages) throws JMSException {
		throw Unsupported.operation("connection consumers");
	}

	@Override
	public ConnectionConsumer createSharedDurableConnectionConsumer(Topic topic, String subscriptionName,
			String messageSelector, ServerSessionPool sessionPool, int maxMessages) throws JMSException {
		throw Unsupported.operation("connection consumers");
	}

}
