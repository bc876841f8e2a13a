package org.activemessaging.samples.benchmark.broker;

import java.util.Map;

/**
 * A broker in a process of its own.
 */
public interface MeasuredBroker extends AutoCloseable {

	/**
	 * Returns what a worker has to know to connect.
	 * @return the values of an order: {@code adapter}, {@code url}, {@code user} and
	 * {@code password}
	 */
	Map<String, String> settings();

	/**
	 * Puts messages into a queue, numbered from 0.
	 * @param queue the name of the queue
	 * @param messages how many
	 */
	void load(String queue, int messages);

	/**
	 * Takes what is left out of a queue.
	 * @param queue the name of the queue
	 * @param messages how many messages were published to it, numbered from 0
	 * @param expected how many are waited for
	 * @return what was found
	 */
	Found drain(String queue, int messages, int expected);

	@Override
	void close();

	/**
	 * What was in a queue.
	 *
	 * @param once how many of the messages were there exactly once
	 * @param more how many were there more than once, and of messages that were never
	 * published
	 */
	record Found(int once, int more) {

		/**
		 * Tells whether nothing was there.
		 * @return whether the queue was empty
		 */
		public boolean nothing() {
			return this.once == 0 && this.more == 0;
		}

	}

}
