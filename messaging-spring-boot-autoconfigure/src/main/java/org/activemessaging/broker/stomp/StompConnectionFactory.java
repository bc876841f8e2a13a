package org.activemessaging.broker.stomp;

import java.util.concurrent.TimeUnit;

import jakarta.jms.Connection;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.JMSException;
import org.activemessaging.broker.facade.FacadeConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a broker, as often as the options allow.
 */
final class StompConnectionFactory extends FacadeConnectionFactory {

	private final StompEndpoint endpoint;

	private @Nullable JMSException failure;

	private long failedAt;

	private boolean lost;

	StompConnectionFactory(StompEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public Connection createConnection(@Nullable String user, @Nullable String password) throws JMSException {
		return connect((user != null) ? new StompCredentials(user, password, null) : ours(null));
	}

	/**
	 * Connects with a client id.
	 */
	Connection createConnection(String clientId) throws JMSException {
		return connect(ours(clientId));
	}

	private StompCredentials ours(@Nullable String clientId) {
		return new StompCredentials(this.endpoint.profile().user(), this.endpoint.profile().password(), clientId);
	}

	private Connection connect(StompCredentials credentials) throws JMSException {
		check();
		StompConnection connection = new StompConnection(this.endpoint, credentials, this::lost);
		try {
			connection.connect();
		}
		catch (InvalidClientIDException ex) {
			// The next one who connects may have another one.
			throw ex;
		}
		catch (JMSException ex) {
			failed(ex);
			throw ex;
		}
		return connection;
	}

	private synchronized void check() throws JMSException {
		if (this.lost && !this.endpoint.options().reliable()) {
			throw StompFailures.lost("The connection to " + this.endpoint + " was lost and is not restored, as"
					+ " 'reliable' is false; start the application again", null);
		}
		long delay = this.endpoint.options().reconnectDelay().toMillis();
		if (this.failure != null && System.nanoTime() - this.failedAt < TimeUnit.MILLISECONDS.toNanos(delay)) {
			throw StompFailures.lost("The next try to connect is made " + delay + " ms after the last one, which"
					+ " failed: " + this.failure.getMessage(), null);
		}
	}

	private synchronized void failed(JMSException ex) {
		this.failure = ex;
		this.failedAt = System.nanoTime();
	}

	private synchronized void lost() {
		this.lost = true;
	}

	@Override
	public String toString() {
		return "connections to " + this.endpoint;
	}

}
