package org.activemessaging.broker.stomp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.jms.ConnectionMetaData;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Session;
import org.activemessaging.broker.facade.FacadeConnection;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The sessions to one broker, each with a connection of its own: what one of them has not
 * acknowledged goes back to the broker when it ends, on some brokers only then.
 */
final class StompConnection extends FacadeConnection implements StompSocket.Listener {

	private static final long CLOSE_TIMEOUT = 2000;

	private final Set<StompSession> sessions = ConcurrentHashMap.newKeySet();

	private final Set<String> preparedQueues = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean lost = new AtomicBoolean();

	private final StompEndpoint endpoint;

	private final StompCredentials credentials;

	private final Runnable onLoss;

	private @Nullable StompSocket unused;

	private volatile boolean started;

	private volatile boolean closed;

	StompConnection(StompEndpoint endpoint, StompCredentials credentials, Runnable onLoss) {
		this.endpoint = endpoint;
		this.credentials = credentials;
		this.onLoss = onLoss;
	}

	// The first session uses it.
	synchronized void connect() throws JMSException {
		this.unused = open();
	}

	/**
	 * Opens a connection for one session, to the first host that answers.
	 */
	StompSocket open() throws JMSException {
		return open(this.credentials);
	}

	/**
	 * Opens a connection beside those of the sessions. A client id is theirs.
	 */
	StompSocket openAside() throws JMSException {
		return open(this.credentials.withoutClientId());
	}

	private StompSocket open(StompCredentials credentials) throws JMSException {
		if (this.closed) {
			throw StompFailures.closed("connection");
		}
		JMSException failure = null;
		List<InetSocketAddress> hosts = this.endpoint.url().hosts();
		for (InetSocketAddress host : hosts) {
			try {
				return StompSocket.connect(this.endpoint, host, credentials, this);
			}
			catch (JMSSecurityException | InvalidClientIDException ex) {
				throw ex;
			}
			catch (JMSException ex) {
				failure = ex;
			}
		}
		throw (failure != null) ? failure : new JMSException("There is no host");
	}

	@Override
	public Session createSession(boolean transacted, int acknowledgeMode) throws JMSException {
		if (this.lost.get()) {
			throw StompFailures.lost("The connection to " + this.endpoint + " was lost", null);
		}
		StompSession session = new StompSession(this, socket(),
				transacted ? Session.SESSION_TRANSACTED : acknowledgeMode);
		this.sessions.add(session);
		return session;
	}

	private StompSocket socket() throws JMSException {
		StompSocket socket = take();
		return (socket != null && socket.isOpen()) ? socket : open();
	}

	private synchronized @Nullable StompSocket take() {
		StompSocket socket = this.unused;
		this.unused = null;
		return socket;
	}

	void closed(StompSession session) {
		this.sessions.remove(session);
	}

	/**
	 * The queues that this connection has made sure of.
	 */
	Set<String> preparedQueues() {
		return this.preparedQueues;
	}

	boolean isStarted() {
		return this.started;
	}

	boolean isConnected() {
		return !this.lost.get() && !this.closed;
	}

	// Not by the thread of the client: a listener may close the connection, and wait.
	@Override
	public void ended(StompSocket socket, JMSException failure, boolean byBroker) {
		if (!byBroker && this.lost.compareAndSet(false, true)) {
			this.onLoss.run();
			Schedulers.boundedElastic().schedule(() -> failed(failure));
		}
	}

	@Override
	public void start() throws JMSException {
		if (this.closed) {
			throw StompFailures.closed("connection");
		}
		this.started = true;
		this.sessions.forEach(StompSession::wake);
	}

	@Override
	public void stop() {
		this.started = false;
	}

	@Override
	public @Nullable ConnectionMetaData getMetaData() {
		return null;
	}

	@Override
	public void close() {
		this.closed = true;
		StompSocket socket = take();
		if (socket != null) {
			socket.close(0);
		}
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT);
		this.sessions.forEach(StompSession::disconnect);
		for (StompSession session : this.sessions) {
			session.close(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
		}
	}

}
