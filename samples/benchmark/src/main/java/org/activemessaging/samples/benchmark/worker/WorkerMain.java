package org.activemessaging.samples.benchmark.worker;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.process.Worker;

/**
 * The main class of a worker: reads orders from its input, one a line, and answers each
 * when it is done.
 */
public final class WorkerMain {

	private static final Map<String, Task> TASKS = Map.of("consume", new ConsumeTask(), "publish", new PublishTask(),
			"busy", new BusyTask(), "ping", new PingTask(), "load", new LoadTask(), "start", new StartTask());

	private WorkerMain() {
	}

	/**
	 * Runs until the input ends.
	 * @param arguments the name of the variant
	 * @throws Exception if the input cannot be read
	 */
	public static void main(String[] arguments) throws Exception {
		PrintStream answers = System.out;
		// Whatever else is printed must not be taken for an answer.
		System.setOut(System.err);
		Variant variant = variant(arguments[0]);
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			answers.println(run(variant, Order.parse(line)).format());
			answers.flush();
		}
		System.exit(0);
	}

	private static Variant variant(String name) {
		return switch (name) {
			case "ours" -> new OurVariant();
			case "spring" -> new SpringVariant(false);
			case "spring-tuned" -> new SpringVariant(true);
			case "loop" -> new LoopVariant(100);
			case "loop-single" -> new LoopVariant(1);
			default -> throw new IllegalArgumentException(name);
		};
	}

	private static Order run(Variant variant, Order order) {
		try {
			Task task = TASKS.get(order.name());
			if (task == null) {
				throw new IllegalArgumentException("There is no task '" + order.name() + "'");
			}
			return task.run(variant, order);
		}
		catch (Exception ex) {
			ex.printStackTrace();
			return new Order(Worker.FAILED, Map.of("reason", ex.toString()));
		}
	}

}
