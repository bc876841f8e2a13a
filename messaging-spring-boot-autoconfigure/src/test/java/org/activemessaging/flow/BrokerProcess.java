package org.activemessaging.flow;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * A broker in a JVM of its own that can be killed and started again where it was, with
 * what its journal holds.
 */
final class BrokerProcess implements AutoCloseable {

	private final int port = freePort();

	private final Path directory;

	private Process process;

	BrokerProcess(Path directory) {
		this.directory = directory;
	}

	static BrokerProcess start(Path directory) {
		BrokerProcess broker = new BrokerProcess(directory);
		broker.start();
		return broker;
	}

	void start() {
		launch();
		Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50)).until(this::accepts);
	}

	/**
	 * Starts the broker without waiting for it.
	 */
	void launch() {
		this.process = ChildJvm.start(BrokerMain.class, this.directory.resolve("broker.log"),
				List.of(String.valueOf(this.port), this.directory.resolve("kahadb").toString()));
	}

	private boolean accepts() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("The broker has ended, see " + this.directory.resolve("broker.log"));
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("localhost", this.port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	void kill() {
		ChildJvm.kill(this.process);
	}

	String url() {
		return "tcp://localhost:" + this.port;
	}

	String failoverUrl() {
		return "failover:(" + url() + ")";
	}

	PlainClient client() {
		return new PlainClient(url());
	}

	@Override
	public void close() {
		if (this.process != null) {
			kill();
		}
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
