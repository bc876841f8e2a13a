package org.activemessaging.broker.artemis;

import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose sessions are ours.
 */
final class ArtemisConnection extends ActiveMQConnection {

	private final ArtemisConnectionFactory options;

	ArtemisConnection(ArtemisConnectionFactory options, @Nullable String user, @Nullable String password,
			ClientSessionFactory factory) {
		super(options, user, password, TYPE_GENERIC_CONNECTION, options.getClientID(), options.getDupsOKBatchSize(),
				options.getTransactionBatchSize(), options.isCacheDestinations(), options.isEnable1xPrefixes(),
				factory);
		this.options = options;
	}

	@Override
	protected ActiveMQSession createAMQSession(boolean xa, boolean transacted, int acknowledgeMode,
			ClientSession session, int type) {
		return new ArtemisSession(this.options, this, transacted, xa, acknowledgeMode, session, type);
	}

	boolean isConnected() {
		return !getInitialSession().isClosed() && !getSessionFactory().isClosed();
	}

}
