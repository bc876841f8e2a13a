package org.activemessaging.broker.stomp;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLParameters;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/**
 * The bytes of one connection to a broker: frames are written to it and come from it, and
 * it hears when the other end is silent for too long. It knows nothing of what the frames
 * mean.
 */
final class StompTransport {

	private final Connection connection;

	private final Listener listener;

	private StompTransport(Connection connection, Listener listener) {
		this.connection = connection;
		this.listener = listener;
	}

	/**
	 * Opens a connection, with TLS if the endpoint asks for it.
	 * @param endpoint how to speak to the broker
	 * @param host the host
	 * @param limit how long that may take
	 * @param listener what takes the frames, and hears of the end
	 * @return the transport, which nothing is read from before {@link #read()}
	 */
	static CompletableFuture<StompTransport> open(StompEndpoint endpoint, InetSocketAddress host, Duration limit,
			Listener listener) {
		StompOptions options = endpoint.options();
		TcpClient client = TcpClient.newConnection()
			.host(host.getHostString())
			.port(host.getPort())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.SO_KEEPALIVE, true)
			.doOnConnected((opened) -> opened.addHandlerLast("stomp",
					new StompFrameDecoder(options.maxHeaderSize(), options.maxBodySize())));
		SslContext ssl = endpoint.ssl();
		if (ssl != null) {
			client = client.secure((spec) -> spec.sslContext(ssl)
				.handshakeTimeout(limit)
				.handlerConfigurator(StompTransport::checkHostName));
		}
		return client.connect().<StompTransport>map((opened) -> new StompTransport(opened, listener)).toFuture();
	}

	private static void checkHostName(SslHandler handler) {
		SSLParameters parameters = handler.engine().getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		handler.engine().setSSLParameters(parameters);
	}

	void read() {
		this.connection.inbound()
			.receiveObject()
			.subscribe((frame) -> this.listener.received((StompFrame) frame),
					(ex) -> this.listener.lost("was lost", ex),
					() -> this.listener.lost("was closed by the other end", null));
	}

	// A broker that is silent for twice as long as it has promised is gone, whatever the
	// network says.
	void beat(StompHandshake.HeartBeat agreed) {
		if (agreed.ours() > 0) {
			this.connection.onWriteIdle(Math.max(1, agreed.ours() / 2),
					() -> this.connection.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[] { '\n' })));
		}
		if (agreed.theirs() > 0) {
			long silence = 2 * agreed.theirs();
			this.connection.onReadIdle(silence, () -> this.listener.lost("was lost",
					new SocketTimeoutException("the broker was silent for " + silence + " ms")));
		}
	}

	/**
	 * Writes a frame with those that follow until {@link #flush()}.
	 */
	void write(StompFrame frame, StompVersion version) {
		try {
			this.connection.channel().write(StompFrameEncoder.encode(frame, version)).addListener((written) -> {
				if (!written.isSuccess()) {
					this.listener.lost("was closed",
							(written.cause() instanceof ClosedChannelException) ? null : written.cause());
				}
			});
		}
		catch (IllegalStateException ex) {
			// Netty says so of a channel whose event loop has just let it go.
			this.listener.lost("was closed", ex);
		}
	}

	void flush() {
		try {
			this.connection.channel().flush();
		}
		catch (IllegalStateException ex) {
			// As above.
			this.listener.lost("was closed", ex);
		}
	}

	void dispose() {
		this.connection.dispose();
	}

	/**
	 * Takes what comes, on a thread of the client that must not wait.
	 */
	interface Listener {

		/**
		 * Takes a frame.
		 * @param frame the frame
		 */
		void received(StompFrame frame);

		/**
		 * Hears of the end.
		 * @param how what to say of the connection, such as "was lost"
		 * @param cause why
		 */
		void lost(String how, @Nullable Throwable cause);

	}

}
