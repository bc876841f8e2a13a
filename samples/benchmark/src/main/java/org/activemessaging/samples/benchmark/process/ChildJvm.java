package org.activemessaging.samples.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own with the class path of this one. Its error output goes to a log; it
 * ends with its parent, whose end closes its input.
 */
public final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final Path log;

	/**
	 * Starts one.
	 * @param mainClass what it runs
	 * @param log where its error output goes
	 * @param options options of the JVM
	 * @param arguments the arguments of the main class
	 */
	public ChildJvm(Class<?> mainClass, Path log, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
		command.addAll(arguments);
		this.log = log;
		try {
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the process.
	 * @return the process
	 */
	public Process process() {
		return this.process;
	}

	/**
	 * Returns an exception that tells that the JVM has ended.
	 * @return the exception
	 */
	public IllegalStateException ended() {
		return new IllegalStateException("A JVM has ended, see " + this.log);
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
