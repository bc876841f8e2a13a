package org.activemessaging.samples.broker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of this class path in a virtual machine of its own. Not for use by several
 * threads at a time.
 */
public final class JavaProcess implements AutoCloseable {

	private static final String LOADER = "org.springframework.boot.loader.launch.PropertiesLauncher";

	private final Path log;

	private final List<String> command;

	private final Thread hook = new Thread(() -> this.process.destroyForcibly(), "end-process");

	private Process process;

	private JavaProcess(Path log, List<String> command) {
		this.log = log;
		this.command = command;
		this.process = launch();
	}

	/**
	 * Starts a program, which ends by force when this one ends.
	 * @param log the file that its output is written to
	 * @param main the main class
	 * @param arguments the arguments
	 * @return the running program
	 */
	public static JavaProcess start(Path log, Class<?> main, String... arguments) {
		JavaProcess started = create(log, main, Map.of(), arguments);
		Runtime.getRuntime().addShutdownHook(started.hook);
		return started;
	}

	/**
	 * Starts a program that has its own way to notice that this one has ended.
	 * @param log the file that its output is written to
	 * @param main the main class
	 * @param properties its system properties
	 * @param arguments the arguments
	 * @return the running program
	 */
	static JavaProcess create(Path log, Class<?> main, Map<String, String> properties, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
		properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
		if (isExecutableJar()) {
			command.addAll(List.of("-Dloader.main=" + main.getName(), LOADER));
		}
		else {
			command.add(main.getName());
		}
		command.addAll(List.of(arguments));
		return new JavaProcess(log, command);
	}

	// The classes of an executable jar are found by its own launcher only.
	private static boolean isExecutableJar() {
		return JavaProcess.class.getResource("/" + LOADER.replace('.', '/') + ".class") != null;
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
	 * Tells whether the program runs.
	 * @return whether it does
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Ends the program as {@code kill -9} does, and what it has started, as when its
	 * machine fails. Returns when the program has ended.
	 * @return how many programs it had started
	 */
	public int kill() {
		List<ProcessHandle> children = this.process.descendants().toList();
		end();
		children.forEach(ProcessHandle::destroyForcibly);
		return children.size();
	}

	/**
	 * Starts the program again; one that still runs is ended as {@code kill -9} does.
	 */
	public void restart() {
		end();
		this.process = launch();
	}

	/**
	 * Ends the program in its own way, or by force when that takes more than 20 seconds.
	 */
	@Override
	public void close() {
		this.process.destroy();
		await(20);
		end();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// This one is ending, and runs the hook.
		}
	}

	private Process launch() {
		try {
			return new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(this.log.toString())))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void end() {
		this.process.destroyForcibly();
		await(30);
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

}
