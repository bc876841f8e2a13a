package org.activemessaging.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.activemessaging.flow.BrokerProcess;

/**
 * A stretch of network between a client and a server, that can break in the ways in which
 * networks do.
 */
public final class FaultProxy implements AutoCloseable {

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final int port = BrokerProcess.freePort();

	private final int target;

	private volatile ServerSocket server;

	private Flow toServer = Flow.FORWARD;

	private Flow toClient = Flow.FORWARD;

	public FaultProxy(int target) {
		this.target = target;
		listen();
	}

	public int port() {
		return this.port;
	}

	String url() {
		return "tcp://localhost:" + this.port;
	}

	String failoverUrl() {
		return "failover:(" + url() + ")";
	}

	/**
	 * Closes all connections. New ones are accepted.
	 */
	public void cut() {
		for (Socket socket : this.sockets) {
			closeQuietly(socket);
		}
	}

	/**
	 * Keeps back what is sent in both directions, until {@link #heal()}; nothing is lost
	 * by that. The sockets stay open, and new ones are accepted.
	 */
	public void stall() {
		set(Flow.STALL, Flow.STALL);
	}

	/**
	 * Drops what is sent in both directions, while the sockets stay open.
	 */
	void blackHole() {
		set(Flow.DROP, Flow.DROP);
	}

	/**
	 * Drops what the server answers, while everything reaches the server.
	 */
	public void dropAnswers() {
		set(Flow.FORWARD, Flow.DROP);
	}

	/**
	 * Drops what the client sends.
	 */
	void dropRequests() {
		set(Flow.DROP, Flow.FORWARD);
	}

	/**
	 * Forwards again. Connections from which bytes were dropped are of no use any more
	 * and are cut, as a network's reset does.
	 */
	public void heal() {
		boolean dropped;
		this.lock.lock();
		try {
			dropped = this.toServer == Flow.DROP || this.toClient == Flow.DROP;
		}
		finally {
			this.lock.unlock();
		}
		if (dropped) {
			cut();
		}
		set(Flow.FORWARD, Flow.FORWARD);
	}

	/**
	 * Refuses connections, and closes those there are, until {@link #listen()}.
	 */
	public void refuse() {
		closeQuietly(this.server);
		cut();
	}

	public void listen() {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			this.server = socket;
			start("accept", () -> accept(socket));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				connect(socket.accept());
			}
			catch (IOException ex) {
				// Refusing, or nobody is there behind the proxy.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		this.sockets.add(client);
		Socket server;
		try {
			server = new Socket(InetAddress.getLoopbackAddress(), this.target);
		}
		catch (IOException ex) {
			closeQuietly(client);
			throw ex;
		}
		this.sockets.add(server);
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
		start("to-server", () -> pump(client, server, true));
		start("to-client", () -> pump(server, client, false));
	}

	private void pump(Socket from, Socket to, boolean toServer) {
		byte[] buffer = new byte[16 * 1024];
		try {
			for (int count = from.getInputStream().read(buffer); count >= 0; count = from.getInputStream()
				.read(buffer)) {
				if (awaitPassage(from, toServer)) {
					to.getOutputStream().write(buffer, 0, count);
				}
			}
		}
		catch (IOException ex) {
			// One of the two is gone, and so is the connection.
		}
		closeQuietly(from);
		// Over a link that is dead, the end of a connection is not heard of either.
		awaitHealing(to, toServer);
		closeQuietly(to);
	}

	private void awaitHealing(Socket socket, boolean toServer) {
		this.lock.lock();
		try {
			while (flow(toServer) != Flow.FORWARD && !socket.isClosed()) {
				this.changed.awaitUninterruptibly();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// Tells whether what was read may be written on.
	private boolean awaitPassage(Socket socket, boolean toServer) {
		this.lock.lock();
		try {
			while (flow(toServer) == Flow.STALL && !socket.isClosed()) {
				this.changed.awaitUninterruptibly();
			}
			return flow(toServer) == Flow.FORWARD;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Flow flow(boolean toServer) {
		return toServer ? this.toServer : this.toClient;
	}

	private void set(Flow toServer, Flow toClient) {
		this.lock.lock();
		try {
			this.toServer = toServer;
			this.toClient = toClient;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void closeQuietly(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// It is to be of no use any more, and it is.
		}
		if (closeable instanceof Socket socket) {
			this.sockets.remove(socket);
		}
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, "fault-proxy-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		refuse();
	}

	private enum Flow {

		FORWARD, STALL, DROP

	}

}
