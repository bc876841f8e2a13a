package org.activemessaging.flow;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * Starts a main class of the tests in a JVM of its own.
 */
public final class ChildJvm {

	private ChildJvm() {
	}

	public static Process start(Class<?> mainClass, Path log, List<String> arguments) {
		return start(List.of(), mainClass, log, List.of(), arguments);
	}

	/**
	 * Starts a main class, with other jars before those of the tests.
	 */
	public static Process start(Class<?> mainClass, Path log, List<Path> jars, List<String> arguments) {
		return start(List.of(), mainClass, log, jars, arguments);
	}

	/**
	 * Starts a main class by another command.
	 * @param prefix the command, which becomes the JVM in the end
	 */
	static Process start(List<String> prefix, Class<?> mainClass, Path log, List<String> arguments) {
		return start(prefix, mainClass, log, List.of(), arguments);
	}

	private static Process start(List<String> prefix, Class<?> mainClass, Path log, List<Path> jars,
			List<String> arguments) {
		String classPath = Stream
			.concat(jars.stream().map(String::valueOf), Stream.of(System.getProperty("java.class.path")))
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData",
				"-Dspring.docker.compose.enabled=false", "-cp", classPath, mainClass.getName()));
		command.addAll(arguments);
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits until a process accepts connections.
	 * @param log where to look if it ends instead
	 */
	public static void awaitPort(Process process, int port, Path log) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> accepts(process, port, log));
	}

	private static boolean accepts(Process process, int port, Path log) {
		if (!process.isAlive()) {
			throw new IllegalStateException("The process has ended, see " + log);
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("localhost", port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Ends a process as the loss of its machine would: by SIGKILL.
	 */
	public static void kill(Process process) {
		process.destroyForcibly();
		try {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Process " + process.pid() + " does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
