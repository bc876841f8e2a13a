package org.activemessaging.samples.benchmark.worker;

import java.util.Map;

import org.activemessaging.samples.benchmark.process.Order;
import org.activemessaging.samples.benchmark.process.Worker;

/**
 * Something that a worker can do.
 */
interface Task {

	/**
	 * Does it.
	 * @param variant the variant of the worker
	 * @param order what is ordered
	 * @return the answer
	 * @throws Exception if it cannot be done, or a message was lost or handled twice
	 */
	Order run(Variant variant, Order order) throws Exception;

	static Order done() {
		return new Order(Worker.DONE, Map.of());
	}

}
