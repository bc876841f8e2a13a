package org.activemessaging.broker.facade;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * A connection factory without the simplified interface of Jakarta Messaging 2.
 *
 * @since 0.1.0
 */
public abstract class FacadeConnectionFactory implements ConnectionFactory {

	@Override
	public Connection createConnection() throws JMSException {
		return createConnection(null, null);
	}

	/**
	 * Connects.
	 * @param user the user, or {@code null} for the one of the factory
	 * @param password the password of the user
	 * @return a connection that is not started
	 * @throws JMSException if the broker cannot be reached or refuses it
	 */
	@Override
	public abstract Connection createConnection(@Nullable String user, @Nullable String password) throws JMSException;

	@Override
	public JMSContext createContext() {
		throw unsupported();
	}

	@Override
	public JMSContext createContext(int sessionMode) {
		throw unsupported();
	}

	@Override
	public JMSContext createContext(String user, String password) {
		throw unsupported();
	}

	@Override
	public JMSContext createContext(String user, String password, int sessionMode) {
		throw unsupported();
	}

	private static JMSRuntimeException unsupported() {
		return new JMSRuntimeException("This broker's client does not support contexts; use a connection");
	}

}
