package org.activemessaging.samples.benchmark.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.activemessaging.samples.benchmark.process.ChildJvm;

/**
 * A JVM with a broker in it that listens to a port.
 */
final class ServerJvm implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final int port = freePort();

	private final ChildJvm jvm;

	ServerJvm(Class<?> mainClass, Path directory) {
		this.jvm = new ChildJvm(mainClass, directory.resolve(mainClass.getSimpleName() + ".log"),
				List.of("-Xms1g", "-Xmx1g"), List.of(String.valueOf(this.port), directory.toString()));
		awaitPort(this.port, this.jvm.process());
	}

	String url() {
		return "tcp://localhost:" + this.port;
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void awaitPort(int port, Process process) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (process.isAlive() && System.nanoTime() < deadline) {
			try {
				new Socket(InetAddress.getLoopbackAddress(), port).close();
				return;
			}
			catch (IOException ex) {
				LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			}
		}
		throw new IllegalStateException("The broker does not start, see its log");
	}

	/**
	 * Called by the broker: waits until its parent ends, or ends it.
	 */
	static void awaitEndOfParent() throws IOException {
		while (System.in.read() >= 0) {
			// Nothing is written to it.
		}
	}

	@Override
	public void close() {
		this.jvm.close();
	}

}
