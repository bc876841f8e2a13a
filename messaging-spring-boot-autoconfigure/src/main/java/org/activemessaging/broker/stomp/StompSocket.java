package org.activemessaging.broker.stomp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLParameters;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import jakarta.jms.JMSException;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/**
 * One connection to a broker, from the handshake to its end. What the broker sends is
 * taken by a thread of the client that never waits; what waits for the broker's word does
 * so for a limited time only.
 */
final class StompSocket {

	private final AtomicLong nextReceipt = new AtomicLong();

	private final AtomicReference<@Nullable JMSException> failure = new AtomicReference<>();

	private final CompletableFuture<StompFrame> connected = new CompletableFuture<>();

	private final Map<String, CompletableFuture<StompFrame>> receipts = new ConcurrentHashMap<>();

	private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();

	private final StompEndpoint endpoint;

	private final Listener listener;

	private final String where;

	private volatile @Nullable Connection connection;

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
		StompOptions options = this.endpoint.options();
		Duration limit = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
		TcpClient client = TcpClient.newConnection()
			.host(host.getHostString())
			.port(host.getPort())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_KEEPALIVE, true)
			.doOnConnected((opened) -> opened.addHandlerLast("stomp",
					new StompFrameDecoder(options.maxHeaderSize(), options.maxBodySize())));
		SslContext ssl = this.endpoint.ssl();
		if (ssl != null) {
			client = client.secure((spec) -> spec.sslContext(ssl)
				.handshakeTimeout(limit)
				.handlerConfigurator(StompSocket::checkHostName));
		}
		CompletableFuture<? extends Connection> opening = client.connect().toFuture();
		Connection opened = get(opening, deadline, "The broker at " + this.where + " cannot be reached");
		this.connection = opened;
		opened.inbound()
			.receiveObject()
			.subscribe((frame) -> received((StompFrame) frame), (ex) -> lost("was lost", ex),
					() -> lost("was closed by the other end", null));
	}

	private static void checkHostName(SslHandler handler) {
		SSLParameters parameters = handler.engine().getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		handler.engine().setSSLParameters(parameters);
	}

	private void handshake(InetSocketAddress host, StompCredentials credentials, long deadline) throws JMSException {
		StompHandshake handshake = new StompHandshake(this.endpoint, host);
		send(handshake.greeting(credentials));
		flush();
		StompFrame answer = get(this.connected, deadline, "The broker at " + this.where + " did not answer");
		this.version = handshake.version(answer);
		this.dialect = handshake.dialect(answer);
		beat(handshake.heartBeat(answer));
	}

	// A broker that is silent for twice as long as it has promised is gone, whatever the
	// network says.
	private void beat(StompHandshake.HeartBeat agreed) {
		Connection current = this.connection;
		if (current == null) {
			return;
		}
		if (agreed.ours() > 0) {
			current.onWriteIdle(Math.max(1, agreed.ours() / 2),
					() -> current.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[] { '\n' })));
		}
		if (agreed.theirs() > 0) {
			long silence = 2 * agreed.theirs();
			current.onReadIdle(silence,
					() -> lost("was lost", new SocketTimeoutException("the broker was silent for " + silence + " ms")));
		}
	}

	private void received(StompFrame frame) {
		switch (frame.command()) {
			case "CONNECTED" -> this.connected.complete(frame);
			case "RECEIPT" -> {
				CompletableFuture<StompFrame> receipt = this.receipts.remove(frame.header("receipt-id", ""));
				if (receipt != null) {
					receipt.complete(frame);
				}
			}
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

	private void lost(String how, @Nullable Throwable cause) {
		fail(StompFailures.lost("The connection to the broker at " + this.where + " " + how, cause), false);
	}

	private void fail(JMSException reason, boolean byBroker) {
		if (!this.failure.compareAndSet(null, reason)) {
			return;
		}
		this.endedByBroker = byBroker && !this.closed;
		// First, as whoever waits for a receipt may close the connection next.
		if (!this.closed && this.connected.isDone()) {
			this.listener.ended(this, reason, byBroker);
		}
		this.connected.completeExceptionally(reason);
		this.receipts.values().forEach((receipt) -> receipt.completeExceptionally(reason));
		dispose();
		this.subscribers.values().forEach((subscriber) -> subscriber.ended(this));
	}

	private void dispose() {
		Connection current = this.connection;
		if (current != null) {
			current.dispose();
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
		Connection current = this.connection;
		if (current != null) {
			try {
				current.channel().write(StompFrameEncoder.encode(frame, this.version)).addListener((written) -> {
					if (!written.isSuccess()) {
						lost("was closed",
								(written.cause() instanceof ClosedChannelException) ? null : written.cause());
					}
				});
			}
			catch (IllegalStateException ex) {
				// Netty says so of a channel whose event loop has just let it go.
				lost("was closed", ex);
			}
		}
	}

	void flush() {
		Connection current = this.connection;
		if (current != null) {
			try {
				current.channel().flush();
			}
			catch (IllegalStateException ex) {
				// As above.
				lost("was closed", ex);
			}
		}
	}

	/**
	 * Sends a frame, and asks for the broker's word that it has dealt with it.
	 */
	CompletableFuture<StompFrame> request(StompFrame frame) throws JMSException {
		String id = "r-" + this.nextReceipt.incrementAndGet();
		CompletableFuture<StompFrame> receipt = new CompletableFuture<>();
		this.receipts.put(id, receipt);
		Map<String, String> headers = new LinkedHashMap<>(frame.headers());
		headers.put("receipt", id);
		send(new StompFrame(frame.command(), headers, frame.body()));
		JMSException reason = this.failure.get();
		if (reason != null) {
			receipt.completeExceptionally(reason);
		}
		return receipt;
	}

	void await(CompletableFuture<StompFrame> receipt, long millis) throws JMSException {
		flush();
		try {
			get(receipt, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis),
					"The broker at " + this.where + " gave no receipt");
		}
		catch (JMSException ex) {
			// What comes after this would be out of step with what the broker knows.
			fail(ex, false);
			throw ex;
		}
	}

	private <T> T get(CompletableFuture<T> future, long deadline, String otherwise) throws JMSException {
		try {
			return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			future.cancel(false);
			throw StompFailures.lost(otherwise + " in time", new SocketTimeoutException("timeout"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw StompFailures.lost(otherwise, new InterruptedIOException("interrupted"));
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof JMSException known) {
				throw known;
			}
			throw StompFailures.lost(otherwise, (ex.getCause() instanceof IOException io) ? io : ex.getCause());
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
