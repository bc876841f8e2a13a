package org.activemessaging.samples.transcoder.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of this class path in a virtual machine of its own. It ends with this one at
 * the latest.
 */
public final class JavaProcess implements AutoCloseable {

	private final Path log;

	private final List<String> command;

	private Process process;

	private Thread hook;

	private JavaProcess(Path log, List<String> command) {
		this.log = log;
		this.command = command;
		start();
	}

	/**
	 * Starts a program.
	 * @param log the file that its output is written to
	 * @param main the main class
	 * @param arguments the arguments
	 * @return the running program
	 */
	public static JavaProcess start(Path log, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return new JavaProcess(log, command);
	}

	/**
	 * Finds a port that nobody listens on.
	 * @return the port
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the id of the process.
	 * @return the id
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Ends the program as {@code kill -9} does, and what it has started, as when its
	 * machine fails.
	 * @return how many programs it had started
	 */
	public int kill() {
		List<ProcessHandle> children = this.process.descendants().toList();
		end();
		children.forEach(ProcessHandle::destroyForcibly);
		return children.size();
	}

	private void start() {
		try {
			Process started = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(this.log.toString())))
				.start();
			this.process = started;
			this.hook = new Thread(started::destroyForcibly);
			Runtime.getRuntime().addShutdownHook(this.hook);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void end() {
		this.process.destroyForcibly();
		await(30);
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

	private boolean await(int seconds) {
		try {
			return this.process.waitFor(seconds, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Ends the program in its own way, or by force when that takes too long.
	 */
	@Override
	public void close() {
		this.process.destroy();
		await(20);
		end();
	}

}
