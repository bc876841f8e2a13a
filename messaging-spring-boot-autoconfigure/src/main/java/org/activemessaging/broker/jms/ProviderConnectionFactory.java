package org.activemessaging.broker.jms;

import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import org.activemessaging.broker.BrokerProfile;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsUtils;

/**
 * A provider's connection factory with the credentials of its profile, and with an end to
 * the time that connecting may take: nobody knows how long a client waits for a broker
 * that does not answer.
 */
final class ProviderConnectionFactory implements ConnectionFactory {

	// Threads that still wait for a broker after their time.
	private static final int MAX_WAITING = 8;

	private final Semaphore waiting = new Semaphore(MAX_WAITING);

	private final Source source;

	private final BrokerProfile profile;

	private volatile boolean failed;

	ProviderConnectionFactory(Source source, BrokerProfile profile) {
		this.source = source;
		this.profile = profile;
	}

	@Override
	public Connection createConnection() throws JMSException {
		return createConnection(this.profile.user(), this.profile.password());
	}

	@Override
	public Connection createConnection(@Nullable String user, @Nullable String password) throws JMSException {
		return createConnection(user, password, null);
	}

	/**
	 * Creates a connection with a client id, which some clients take before anything else
	 * only.
	 */
	Connection createConnection(String clientId) throws JMSException {
		return createConnection(this.profile.user(), this.profile.password(), clientId);
	}

	private Connection createConnection(@Nullable String user, @Nullable String password, @Nullable String clientId)
			throws JMSException {
		if (!this.waiting.tryAcquire()) {
			throw timedOut();
		}
		CompletableFuture<Connection> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> connect(user, password, clientId, result),
				"messaging-connect-" + this.profile.name());
		thread.setDaemon(true);
		thread.start();
		try {
			return result.get(this.profile.publishTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause());
		}
		catch (TimeoutException | InterruptedException ex) {
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			JMSException timedOut = timedOut();
			if (result.completeExceptionally(timedOut)) {
				thread.interrupt();
				throw timedOut;
			}
			return arrived(result);
		}
	}

	private void connect(@Nullable String user, @Nullable String password, @Nullable String clientId,
			CompletableFuture<Connection> result) {
		Connection connection = null;
		try {
			ConnectionFactory target = this.source.get();
			if (this.failed) {
				Provider.of(target.getClass().getName()).probe(target, this.profile);
			}
			connection = (user != null) ? target.createConnection(user, password) : target.createConnection();
			if (clientId != null) {
				connection.setClientID(clientId);
			}
			Provider.of(connection.getClass().getName()).connected(connection, this.profile);
			this.failed = false;
			if (result.complete(connection)) {
				return;
			}
		}
		catch (Throwable ex) {
			this.failed = true;
			result.completeExceptionally(ex);
		}
		finally {
			this.waiting.release();
		}
		JmsUtils.closeConnection(connection);
	}

	private static Connection arrived(CompletableFuture<Connection> result) throws JMSException {
		try {
			return result.join();
		}
		catch (RuntimeException ex) {
			throw failure(ex.getCause());
		}
	}

	private static JMSException failure(@Nullable Throwable cause) throws JMSException {
		if (cause instanceof JMSException jms) {
			return jms;
		}
		if (cause instanceof Error error && !(cause instanceof LinkageError)) {
			throw error;
		}
		JMSException failure = new JMSException("The client library failed to connect: " + cause);
		failure.initCause(cause);
		return failure;
	}

	private JMSException timedOut() {
		String text = "No connection to " + this.profile + " within " + this.profile.publishTimeout().toMillis()
				+ " ms";
		JMSException failure = new JMSException(text);
		failure.initCause(new SocketTimeoutException(text));
		return failure;
	}

	@Override
	public JMSContext createContext() {
		return createContext(JMSContext.AUTO_ACKNOWLEDGE);
	}

	@Override
	public JMSContext createContext(int sessionMode) {
		return createContext(this.profile.user(), this.profile.password(), sessionMode);
	}

	@Override
	public JMSContext createContext(@Nullable String user, @Nullable String password) {
		return createContext(user, password, JMSContext.AUTO_ACKNOWLEDGE);
	}

	@Override
	public JMSContext createContext(@Nullable String user, @Nullable String password, int sessionMode) {
		try {
			ConnectionFactory target = this.source.get();
			return (user != null) ? target.createContext(user, password, sessionMode)
					: target.createContext(sessionMode);
		}
		catch (JMSException ex) {
			throw new JMSRuntimeException(ex.getMessage(), ex.getErrorCode(), ex);
		}
	}

	@Override
	public String toString() {
		return "Connection factory of " + this.profile;
	}

	/**
	 * Where the provider's connection factory comes from.
	 */
	@FunctionalInterface
	interface Source {

		/**
		 * Returns it.
		 * @return the connection factory
		 * @throws JMSException if there is none at this moment
		 */
		ConnectionFactory get() throws JMSException;

	}

}
