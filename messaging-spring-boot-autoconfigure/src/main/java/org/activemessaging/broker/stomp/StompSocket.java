package org.activemessaging.broker.stomp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a broker, from the handshake to its end. What the broker sends is
 * taken by a thread of the client that never waits; what waits for the broker's word does
 * so for a limited time only.
 */
final class StompSocket implements StompTransport.Listener {

	private final AtomicReference<@Nullable JMSException> failure = new AtomicReference<>();

	private final StompAnswers answers = new StompAnswers();

	private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();

	private final StompEndpoint endpoint;

	private final Listener listener;

	private final String where;

	private volatile @Nullable StompTransport transport;

	private volatile boolean endedByBroker;

	private volatile boolean closed;

	private volatile @Nullable CompletableFuture<StompFrame> disconnected;

	private StompVersion version = StompVersion.V1_0;

	private StompDialect dialect = StompDialect.ACTIVEMQ;

	private StompSocket(StompEndpoint endpoint, InetSocketAddress host, Listener listener) {
		this.endpoint = endpoint;
		this.listener = listener;
		this.where = host.getHostString() + ":" + host.getPort();
	}

	/**
	 * Connects.
	 * @param endpoint how to speak to the broker
	 * @param host the host
	 * @param credentials who connects
	 * @param listener what is told when the connection ends without being closed
	 * @return a connection that the broker has accepted
	 * @throws JMSException if there is none in time
	 */
	static StompSocket connect(StompEndpoint endpoint, InetSocketAddress host, StompCredentials credentials,
			Listener listener) throws JMSException {
		StompSocket socket = new StompSocket(endpoint, host, listener);
		long deadline = System.nanoTime() + endpoint.profile().publishTimeout().toNanos();
		try {
			socket.open(host, deadline);
			socket.handshake(host, credentials, deadline);
			return socket;
		}
		catch (JMSException | RuntimeException ex) {
			socket.close(0);
			throw ex;
		}
	}

	private void open(InetSocketAddress host, long deadline) throws JMSException {
		Duration limit = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
		StompTransport opened = StompAnswers.await(StompTransport.open(this.endpoint, host, limit, this), deadline,
				"The broker at " + this.where + " cannot be reached");
		this.transport = opened;
		opened.read();
	}

	private void handshake(InetSocketAddress host, StompCredentials credentials, long deadline) throws JMSException {
		StompHandshake handshake = new StompHandshake(this.endpoint, host);
		send(handshake.greeting(credentials));
		flush();
		StompFrame answer = StompAnswers.await(this.answers.connected(), deadline,
				"The broker at " + this.where + " did not answer");
		this.version = handshake.version(answer);
		this.dialect = handshake.dialect(answer);
		StompTransport opened = this.transport;
		if (opened != null) {
			opened.beat(handshake.heartBeat(answer));
		}
	}

	@Override
	public void received(StompFrame frame) {
		switch (frame.command()) {
			case "CONNECTED" -> this.answers.connected().complete(frame);
			case "RECEIPT" -> this.answers.receipt(frame);
			case "MESSAGE" -> {
				Subscriber subscriber = this.subscribers.get(frame.header("subscription", ""));
				if (subscriber != null) {
					subscriber.received(this, frame);
				}
			}
			// Whatever follows an error says nothing about what came before it.
			default -> fail(StompFailures.of(frame, this.endpoint.profile().password()), true);
		}
	}

	@Override
	public void lost(String how, @Nullable Throwable cause) {
		fail(StompFailures.lost("The connection to the broker at " + this.where + " " + how, cause), false);
	}

	private void fail(JMSException reason, boolean byBroker) {
		if (!this.failure.compareAndSet(null, reason)) {
			return;
		}
		this.endedByBroker = byBroker && !this.closed;
		// First, as whoever waits for a receipt may close the connection next.
		if (!this.closed && this.answers.connected().isDone()) {
			this.listener.ended(this, reason, byBroker);
		}
		this.answers.fail(reason);
		dispose();
		this.subscribers.values().forEach((subscriber) -> subscriber.ended(this));
	}

	private void dispose() {
		StompTransport opened = this.transport;
		if (opened != null) {
			opened.dispose();
		}
	}

	StompVersion version() {
		return this.version;
	}

	StompDialect dialect() {
		return this.dialect;
	}

	StompOptions options() {
		return this.endpoint.options();
	}

	boolean isOpen() {
		return this.failure.get() == null && !this.closed;
	}

	/**
	 * Tells whether the broker has refused something, and can be reached all the same.
	 */
	boolean isEndedByBroker() {
		return this.endedByBroker;
	}

	/**
	 * Fails if the connection has ended.
	 * @throws JMSException as a connection that is lost
	 */
	void check() throws JMSException {
		JMSException reason = this.failure.get();
		if (reason != null) {
			throw StompFailures.ended(reason);
		}
		if (this.closed) {
			throw StompFailures.closed("connection");
		}
	}

	void subscribe(String id, Subscriber subscriber) {
		this.subscribers.put(id, subscriber);
	}

	void unsubscribe(String id) {
		this.subscribers.remove(id);
	}

	/**
	 * Sends a frame with those that follow until {@link #flush()}, and expects no answer.
	 */
	void send(StompFrame frame) throws JMSException {
		check();
		StompTransport opened = this.transport;
		if (opened != null) {
			opened.write(frame, this.version);
		}
	}

	void flush() {
		StompTransport opened = this.transport;
		if (opened != null) {
			opened.flush();
		}
	}

	/**
	 * Sends a frame, and asks for the broker's word that it has dealt with it.
	 */
	CompletableFuture<StompFrame> request(StompFrame frame) throws JMSException {
		CompletableFuture<StompFrame> receipt = new CompletableFuture<>();
		send(this.answers.asking(frame, receipt));
		JMSException reason = this.failure.get();
		if (reason != null) {
			receipt.completeExceptionally(reason);
		}
		return receipt;
	}

	void await(CompletableFuture<StompFrame> receipt, long millis) throws JMSException {
		flush();
		try {
			StompAnswers.await(receipt, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis),
					"The broker at " + this.where + " gave no receipt");
		}
		catch (JMSException ex) {
			// What comes after this would be out of step with what the broker knows.
			fail(ex, false);
			throw ex;
		}
	}

	/**
	 * Tells the broker that nothing follows, without waiting for its answer.
	 */
	synchronized void disconnect() {
		if (isOpen()) {
			try {
				this.disconnected = request(StompFrame.of("DISCONNECT", Map.of()));
			}
			catch (JMSException ex) {
				// It has ended by itself.
			}
			this.closed = true;
			flush();
		}
	}

	/**
	 * Closes the connection, after the broker has had what was sent before.
	 * @param millis how long to wait for the broker
	 */
	void close(long millis) {
		if (millis > 0) {
			disconnect();
		}
		this.closed = true;
		CompletableFuture<StompFrame> answer = this.disconnected;
		if (answer != null && millis > 0) {
			try {
				await(answer, millis);
			}
			catch (JMSException ex) {
				// It is closed then all the same.
			}
		}
		this.subscribers.values().forEach((subscriber) -> subscriber.ended(this));
		dispose();
	}

	/**
	 * Takes what the broker sends for a subscription, without waiting for anything.
	 */
	interface Subscriber {

		/**
		 * Takes a message.
		 */
		void received(StompSocket socket, StompFrame frame);

		/**
		 * Hears that nothing will come any more.
		 */
		void ended(StompSocket socket);

	}

	/**
	 * Hears of the end.
	 */
	@FunctionalInterface
	interface Listener {

		/**
		 * Hears that the connection has ended without having been closed.
		 * @param socket the connection
		 * @param failure why
		 * @param byBroker whether the broker has said why
		 */
		void ended(StompSocket socket, JMSException failure, boolean byBroker);

	}

}
