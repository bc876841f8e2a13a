package org.activemessaging.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between a client and a broker that loses answers: it recognises a message by
 * a text in it, lets it through to the broker, and then loses what the broker says.
 */
final class AnswerProxy implements AutoCloseable {

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger losing = new AtomicInteger();

	private final ServerSocket server;

	private final int target;

	private final byte[] marker;

	private volatile boolean silent;

	private volatile Duration slowness = Duration.ZERO;

	private volatile boolean closedAfterwards;

	AnswerProxy(String url, String marker) {
		this.target = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
		this.marker = marker.getBytes(StandardCharsets.UTF_8);
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		thread(this::accept);
	}

	String url() {
		return "tcp://localhost:" + this.server.getLocalPort();
	}

	/**
	 * Cuts the connection of the next messages when the broker answers.
	 */
	void loseAnswers(int count) {
		this.losing.set(count);
	}

	/**
	 * Cuts the connection when the broker answers the next message, and lets nobody
	 * connect again.
	 */
	void loseEverythingAfterTheNextMessage() {
		this.closedAfterwards = true;
		this.losing.set(1);
	}

	/**
	 * Keeps the connection of the next message but none of the broker's answers on it.
	 */
	void swallowAnswers() {
		this.silent = true;
		this.losing.set(Integer.MAX_VALUE);
	}

	/**
	 * Makes new connections wait before anything goes through.
	 */
	void connectSlowly(Duration slowness) {
		this.slowness = slowness;
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				Socket broker = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.sockets.add(client);
				this.sockets.add(broker);
				Connection connection = new Connection(client, broker);
				thread(connection::toBroker);
				thread(connection::toClient);
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private static void thread(Runnable runnable) {
		Thread thread = new Thread(runnable, "answer-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private final class Connection {

		private final Socket client;

		private final Socket broker;

		private volatile boolean losing;

		Connection(Socket client, Socket broker) {
			this.client = client;
			this.broker = broker;
		}

		void toBroker() {
			Flow.work(AnswerProxy.this.slowness);
			byte[] buffer = new byte[1 << 16];
			try (InputStream in = this.client.getInputStream(); OutputStream out = this.broker.getOutputStream()) {
				for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
					if (contains(buffer, n) && AnswerProxy.this.losing.getAndUpdate((c) -> Math.max(0, c - 1)) > 0) {
						this.losing = true;
					}
					out.write(buffer, 0, n);
				}
			}
			catch (IOException ex) {
				// Cut.
			}
		}

		void toClient() {
			byte[] buffer = new byte[1 << 16];
			try (InputStream in = this.broker.getInputStream(); OutputStream out = this.client.getOutputStream()) {
				for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
					if (!this.losing) {
						out.write(buffer, 0, n);
					}
					else if (AnswerProxy.this.closedAfterwards) {
						AnswerProxy.this.close();
						return;
					}
					else if (!AnswerProxy.this.silent) {
						this.broker.close();
						return;
					}
				}
			}
			catch (IOException ex) {
				// Cut.
			}
		}

		private boolean contains(byte[] buffer, int length) {
			byte[] wanted = AnswerProxy.this.marker;
			for (int i = 0; i <= length - wanted.length; i++) {
				int matching = 0;
				while (matching < wanted.length && buffer[i + matching] == wanted[matching]) {
					matching++;
				}
				if (matching == wanted.length) {
					return true;
				}
			}
			return false;
		}

	}

}
