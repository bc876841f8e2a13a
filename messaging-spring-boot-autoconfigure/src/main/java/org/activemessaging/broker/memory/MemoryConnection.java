package org.activemessaging.broker.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.activemessaging.broker.facade.FacadeConnection;
import org.apache.activemq.ActiveMQConnectionMetaData;
import org.jspecify.annotations.Nullable;

/**
 * A connection, which only lives and starts.
 */
final class MemoryConnection extends FacadeConnection {

	private final Set<MemorySession> sessions = ConcurrentHashMap.newKeySet();

	private final MemoryBroker broker;

	private volatile @Nullable String clientId;

	private volatile boolean started;

	private volatile boolean closed;

	MemoryConnection(MemoryBroker broker) {
		this.broker = broker;
	}

	MemoryBroker broker() {
		return this.broker;
	}

	boolean isStarted() {
		return this.started;
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
		if (this.closed) {
			throw new jakarta.jms.IllegalStateException("The connection to " + this.broker + " is closed");
		}
		MemorySession session = new MemorySession(this, transacted, acknowledgeMode);
		this.sessions.add(session);
		return session;
	}

	void closed(MemorySession session) {
		this.sessions.remove(session);
	}

	@Override
	public @Nullable String getClientID() {
		return this.clientId;
	}

	@Override
	public void setClientID(String clientID) throws JMSException {
		if (this.clientId != null) {
			throw new jakarta.jms.IllegalStateException("The connection has a client id");
		}
		if (!this.broker.takeClientId(clientID)) {
			throw new InvalidClientIDException("Another connection has the client id " + clientID);
		}
		this.clientId = clientID;
	}

	@Override
	public void start() {
		this.broker.change(() -> this.started = true);
	}

	@Override
	public void stop() {
		this.broker.change(() -> this.started = false);
	}

	// What it tells is true of the messages: they are ActiveMQ's.
	@Override
	public ConnectionMetaData getMetaData() {
		return ActiveMQConnectionMetaData.INSTANCE;
	}

	@Override
	public void close() throws JMSException {
		this.closed = true;
		List<MemorySession> open = new ArrayList<>(this.sessions);
		for (MemorySession session : open) {
			session.close();
		}
		String held = this.clientId;
		this.clientId = null;
		if (held != null) {
			this.broker.giveBackClientId(held);
		}
	}

}
