package org.activemessaging.samples.transcoder.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that comes with the library of that name, and is run for each file anew.
 */
final class Executable {

	private static final Duration READER_TIMEOUT = Duration.ofSeconds(5);

	private final Set<Process> running = ConcurrentHashMap.newKeySet();

	private final String path;

	private final Duration timeout;

	/**
	 * Names a program.
	 * @param path where it is
	 * @param timeout the longest time that it may take
	 */
	Executable(String path, Duration timeout) {
		this.path = path;
		this.timeout = timeout;
	}

	/**
	 * Runs the program.
	 * @param output is given each line that it writes to its standard output, by another
	 * thread
	 * @param arguments its arguments
	 * @return how it ended
	 * @throws IOException if it cannot be started, or takes too long
	 * @throws InterruptedException if the thread is interrupted; the program is ended
	 */
	Result run(Consumer<String> output, List<String> arguments) throws IOException, InterruptedException {
		Path errors = Files.createTempFile("transcoder-", ".log");
		try {
			Process process = start(arguments, errors);
			Thread reader = new Thread(() -> read(process, output), "ffmpeg-output-" + process.pid());
			reader.setDaemon(true);
			reader.start();
			try {
				if (!process.waitFor(this.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new IOException("ffmpeg was ended, as it took longer than " + this.timeout);
				}
				reader.join(READER_TIMEOUT.toMillis());
			}
			finally {
				process.destroyForcibly();
				this.running.remove(process);
			}
			return new Result(process.exitValue(), Files.readString(errors).strip());
		}
		finally {
			Files.deleteIfExists(errors);
		}
	}

	/**
	 * Ends what still runs. A program does not end with the one that has started it.
	 */
	void end() {
		this.running.forEach(Process::destroyForcibly);
	}

	private Process start(List<String> arguments, Path errors) throws IOException {
		List<String> command = new ArrayList<>(List.of(this.path));
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
		// On Linux, its libraries do not look for theirs in the folder that they are in.
		builder.environment().put("LD_LIBRARY_PATH", String.valueOf(Path.of(this.path).getParent()));
		Process process = builder.start();
		this.running.add(process);
		process.getOutputStream().close();
		return process;
	}

	private static void read(Process process, Consumer<String> output) {
		try (BufferedReader reader = process.inputReader()) {
			reader.lines().forEach(output);
		}
		catch (IOException | UncheckedIOException ex) {
			// The program was ended; its exit value tells the rest.
		}
	}

	/**
	 * How a program ended.
	 *
	 * @param exitValue its exit value
	 * @param errors what it has written to its standard error
	 */
	record Result(int exitValue, String errors) {

		String lastError() {
			return this.errors.substring(this.errors.lastIndexOf('\n') + 1);
		}

	}

}
