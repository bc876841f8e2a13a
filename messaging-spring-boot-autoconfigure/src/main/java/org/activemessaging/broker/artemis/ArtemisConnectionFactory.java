package org.activemessaging.broker.artemis;

import jakarta.jms.JMSException;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection factory whose connections are ours.
 */
@SuppressWarnings("serial")
final class ArtemisConnectionFactory extends ActiveMQConnectionFactory {

	private static final Log logger = LogFactory.getLog(ArtemisConnectionFactory.class);

	private final int sendTimeout;

	// Known to the client by its name alone, and only as long as it is used here.
	private final transient @Nullable ArtemisTls tls;

	ArtemisConnectionFactory(String url, int sendTimeout, @Nullable ArtemisTls tls) {
		super(url);
		this.sendTimeout = sendTimeout;
		this.tls = tls;
	}

	int sendTimeout() {
		return this.sendTimeout;
	}

	@Nullable ArtemisTls tls() {
		return this.tls;
	}

	@Override
	protected synchronized ActiveMQConnection createConnectionInternal(@Nullable String user, @Nullable String password,
			boolean xa, int type) throws JMSException {
		makeReadOnly();
		ArtemisConnection connection = new ArtemisConnection(this, user, password, sessionFactory());
		connection.setReference(this);
		try {
			connection.authorize(!isEnableSharedClientID());
			return connection;
		}
		catch (JMSException ex) {
			try {
				connection.close();
			}
			catch (JMSException suppressed) {
				logger.debug("A connection that was refused is left to the broker", suppressed);
			}
			throw ex;
		}
	}

	private ClientSessionFactory sessionFactory() throws JMSException {
		try {
			return getServerLocator().createSessionFactory();
		}
		catch (Exception ex) {
			JMSException failure = new JMSException("Cannot connect: " + ex.getMessage());
			failure.initCause(ex);
			failure.setLinkedException(ex);
			throw failure;
		}
	}

}
