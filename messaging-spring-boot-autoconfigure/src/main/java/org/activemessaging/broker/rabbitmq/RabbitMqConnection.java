package org.activemessaging.broker.rabbitmq;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.jms.client.RMQConnectionMetaData;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.Session;
import org.activemessaging.broker.facade.FacadeConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection, which is one of AMQP.
 */
final class RabbitMqConnection extends FacadeConnection {

	private final Set<RabbitMqSession> sessions = ConcurrentHashMap.newKeySet();

	private final Object monitor = new Object();

	private final Connection amqp;

	private final RabbitMqOptions options;

	private final Topology topology;

	private final int timeout;

	private volatile @Nullable String blocked;

	private volatile boolean started;

	private volatile boolean closed;

	RabbitMqConnection(Connection amqp, RabbitMqOptions options, Topology.Known known, int timeout) {
		this.amqp = amqp;
		this.options = options;
		this.timeout = timeout;
		this.topology = new Topology(amqp, options, known);
		amqp.addBlockedListener((reason) -> this.blocked = reason, () -> this.blocked = null);
		amqp.addShutdownListener(this::ended);
	}

	private void ended(ShutdownSignalException signal) {
		wakeUp();
		if (!signal.isInitiatedByApplication()) {
			failed(Failures.of("RabbitMQ", signal));
		}
	}

	RabbitMqOptions options() {
		return this.options;
	}

	Topology topology() {
		return this.topology;
	}

	/**
	 * Returns how long an answer may take, in milliseconds.
	 */
	int timeout() {
		return this.timeout;
	}

	Channel createChannel() throws JMSException {
		if (this.closed) {
			throw Failures.closed("connection");
		}
		try {
			Channel channel = this.amqp.createChannel();
			if (channel == null) {
				throw new ResourceAllocationException("The connection has as many channels as it may have");
			}
			return channel;
		}
		catch (IOException | RuntimeException ex) {
			throw Failures.of("No channel", ex);
		}
	}

	/**
	 * Has nothing sent that the broker would not read, since it is short of something.
	 */
	void checkBlocked() throws JMSException {
		String reason = this.blocked;
		if (reason != null) {
			throw new ResourceAllocationException("The broker takes no messages at the moment: " + reason);
		}
	}

	boolean isOpen() {
		return !this.closed && this.amqp.isOpen();
	}

	/**
	 * Waits until the connection is started.
	 * @return whether it is
	 */
	boolean awaitStart(long end) throws JMSException {
		while (!this.started) {
			long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (!isOpen()) {
				throw Failures.closed("connection");
			}
			if (left <= 0) {
				return false;
			}
			synchronized (this.monitor) {
				if (!this.started && isOpen()) {
					try {
						this.monitor.wait(left);
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
						return false;
					}
				}
			}
		}
		return true;
	}

	private void wakeUp() {
		synchronized (this.monitor) {
			this.monitor.notifyAll();
		}
	}

	@Override
	public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
		if (!isOpen()) {
			throw Failures.closed("connection");
		}
		RabbitMqSession session = new RabbitMqSession(this, transacted ? Session.SESSION_TRANSACTED : acknowledgeMode);
		this.sessions.add(session);
		return session;
	}

	void ended(RabbitMqSession session) {
		this.sessions.remove(session);
	}

	@Override
	public ConnectionMetaData getMetaData() throws JMSException {
		return new RMQConnectionMetaData();
	}

	@Override
	public void start() throws JMSException {
		if (!isOpen()) {
			throw Failures.closed("connection");
		}
		this.started = true;
		wakeUp();
	}

	@Override
	public void stop() throws JMSException {
		this.started = false;
	}

	@Override
	public void close() throws JMSException {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.started = false;
		wakeUp();
		// The broker ends the channels of a connection, and puts back what was not
		// acknowledged.
		this.amqp.abort(Math.min(this.timeout, 3000));
		this.sessions.clear();
	}

}
