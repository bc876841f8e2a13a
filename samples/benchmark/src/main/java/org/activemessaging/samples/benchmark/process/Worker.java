package org.activemessaging.samples.benchmark.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A JVM that runs one variant, and does what it is told to, one order after the other.
 */
public final class Worker implements AutoCloseable {

	/**
	 * The name of the order that says that what was ordered is done.
	 */
	public static final String DONE = "done";

	/**
	 * The name of the order that says that it is not.
	 */
	public static final String FAILED = "failed";

	private final ChildJvm jvm;

	private final BufferedReader answers;

	private final Writer orders;

	private final String name;

	/**
	 * Starts a worker.
	 * @param name the name of the variant
	 * @param mainClass what reads the orders
	 * @param directory where its log is to be
	 * @param options options of the JVM
	 */
	public Worker(String name, Class<?> mainClass, Path directory, List<String> options) {
		this.name = name;
		this.jvm = new ChildJvm(mainClass, directory.resolve(name + ".log"), options, List.of(name));
		this.answers = this.jvm.process().inputReader();
		this.orders = this.jvm.process().outputWriter();
	}

	/**
	 * Has something done, and waits for it.
	 * @param order what to do
	 * @return the answer
	 * @throws IllegalStateException if it was not done, or not as it should be
	 */
	public Map<String, String> ask(Order order) {
		try {
			this.orders.write(order.format() + "\n");
			this.orders.flush();
			String line = this.answers.readLine();
			if (line == null) {
				throw this.jvm.ended();
			}
			Order answer = Order.parse(line);
			if (!answer.name().equals(DONE)) {
				throw new IllegalStateException(this.name + ", " + order.name() + ": " + answer.text("reason"));
			}
			return answer.values();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.jvm.close();
	}

}
