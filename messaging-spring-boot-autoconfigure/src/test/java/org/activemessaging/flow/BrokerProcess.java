package org.activemessaging.flow;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A broker in a JVM of its own that can be killed and started again where it was, with
 * what its journal holds.
 */
public final class BrokerProcess implements AutoCloseable {

	private final int port = freePort();

	private final Path directory;

	private final List<String> options;

	private List<String> prefix = List.of();

	private Process process;

	/**
	 * Creates a broker that is not started yet.
	 * @param directory where its journal and its log are
	 * @param options what {@link BrokerMain} knows
	 */
	public BrokerProcess(Path directory, String... options) {
		this.directory = directory;
		this.options = List.of(options);
	}

	static BrokerProcess start(Path directory) {
		BrokerProcess broker = new BrokerProcess(directory);
		broker.start();
		return broker;
	}

	public void start() {
		start(this.options.toArray(String[]::new));
	}

	/**
	 * Starts the broker on a machine whose clock is ahead.
	 */
	void startWithClockAhead(Duration difference) {
		this.prefix = List.of("faketime", "-f", "+" + difference.toSeconds() + "s");
		start();
	}

	/**
	 * Starts the broker with other options.
	 */
	public void start(String... options) {
		launch(List.of(options));
		awaitStart();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	public void awaitStart() {
		ChildJvm.awaitPort(this.process, this.port, this.directory.resolve("broker.log"));
	}

	/**
	 * Starts the broker without waiting for it.
	 */
	public void launch() {
		launch(this.options);
	}

	private void launch(List<String> options) {
		List<String> arguments = new ArrayList<>(List.of(String.valueOf(this.port), this.directory.toString()));
		arguments.addAll(options);
		this.process = ChildJvm.start(this.prefix, BrokerMain.class, this.directory.resolve("broker.log"), arguments);
	}

	public void kill() {
		ChildJvm.kill(this.process);
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "tcp://localhost:" + this.port;
	}

	String failoverUrl() {
		return "failover:(" + url() + ")";
	}

	public PlainClient client() {
		return new PlainClient(url());
	}

	@Override
	public void close() {
		if (this.process != null) {
			kill();
		}
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
