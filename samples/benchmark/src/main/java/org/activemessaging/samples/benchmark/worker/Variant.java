package org.activemessaging.samples.benchmark.worker;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A way of receiving and sending messages.
 */
interface Variant {

	/**
	 * Starts an application.
	 * @param setup what it connects to, and how
	 * @param handler what is called with the text of each message received, or
	 * {@code null} if it only publishes
	 * @return the application, when it is ready
	 * @throws Exception if it does not start
	 */
	Running start(Setup setup, @Nullable Consumer<String> handler) throws Exception;

	/**
	 * An application that runs.
	 */
	interface Running extends AutoCloseable {

		/**
		 * Publishes a message, and waits until the broker has it. Called by several
		 * threads at once.
		 * @param text the text of the message
		 * @throws Exception if the broker does not take it
		 */
		void publish(String text) throws Exception;

		/**
		 * Called by each thread that has published, when it has published its last
		 * message.
		 * @throws Exception if the broker does not take what is left
		 */
		default void flush() throws Exception {
		}

		/**
		 * Ends the application, with what it is doing at the moment.
		 */
		@Override
		void close();

	}

}
