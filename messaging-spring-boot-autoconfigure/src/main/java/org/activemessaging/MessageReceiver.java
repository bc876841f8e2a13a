package org.activemessaging;

import java.time.Duration;
import java.util.Optional;

import org.springframework.messaging.Message;

/**
 * Takes one message at a time, when the application wants one: outside of a processor, in
 * a test, a command, a job that runs at night. Filters are around each message, and its
 * payload is converted, as for a processor. Safe for use by many threads.
 * <p>
 * The form with a {@link Handler} loses nothing: the message is acknowledged when the
 * handler has returned, and goes back to its queue when it throws, or when the
 * application dies. What the handler publishes to the same broker leaves with the
 * acknowledgement or not at all. The form without one acknowledges the message <em>before
 * it is returned</em>: what the application then does with it, nobody repeats.
 * <p>
 * A message that cannot be read or converted is moved to the dead letters, as one of a
 * processor is, and the next one is waited for. One whose handler throws
 * {@link RejectMessageException}, or that has failed as often as
 * {@code messaging.listener.redelivery} allows altogether, is moved there too, and the
 * exception is thrown nevertheless.
 * <p>
 * Each wait has a bound: the timeout for a message, and for each answer of the broker
 * (connection, acknowledgement) {@code messaging.broker.<name>.publisher.timeout}.
 *
 * @since 0.1.0
 */
public interface MessageReceiver {

	/**
	 * Takes one message, which is acknowledged before it is returned. If the broker's
	 * answer to that is lost, the message is returned, and may come again with the same
	 * {@code am_id}.
	 * @param destination the logical name of a queue or a virtual topic
	 * @param timeout how long to wait for a message; zero to look once, by which brokers
	 * that hand messages over in their own time may be found empty too early
	 * @param payloadType what the payload is converted to
	 * @param <T> the type of the payload
	 * @return the message, or nothing if there was none in time
	 * @throws ReceiveException if the broker cannot be asked
	 */
	default <T> Optional<Message<T>> receive(String destination, Duration timeout, Class<T> payloadType) {
		return from(destination).receive(timeout, payloadType);
	}

	/**
	 * Takes one message, which is acknowledged when the handler has returned.
	 * @param destination the logical name of a queue or a virtual topic
	 * @param timeout how long to wait for a message; zero to look once, by which brokers
	 * that hand messages over in their own time may be found empty too early
	 * @param payloadType what the payload is converted to
	 * @param handler what handles the message, called by the same thread
	 * @param <T> the type of the payload
	 * @param <E> what the handler may throw
	 * @return whether a message was handled, {@code false} if there was none in time
	 * @throws E what the handler has thrown; the message goes back, or to the dead
	 * letters
	 * @throws ReceiveException if the broker cannot be asked, or has not confirmed that
	 * the message is done: then it comes again
	 */
	default <T, E extends Exception> boolean receive(String destination, Duration timeout, Class<T> payloadType,
			Handler<T, E> handler) throws E {
		return from(destination).receive(timeout, payloadType, handler);
	}

	/**
	 * Says where messages are to come from.
	 * @param destination the logical name of a queue or a virtual topic; a plain topic
	 * keeps nothing for who is not listening
	 * @return where messages are taken from
	 */
	Reception from(String destination);

	/**
	 * Where messages are taken from. Not safe for use by several threads.
	 */
	interface Reception {

		/**
		 * Sets the consumer group of a virtual topic. One that no processor is in must
		 * stand under {@code messaging.destination.<name>.groups}, so that messages are
		 * kept for it.
		 * @param group the name; by default that of the application's processors
		 * @return this reception
		 */
		Reception group(String group);

		/**
		 * Sets a condition on the headers. Messages that do not match stay where they
		 * are.
		 * @param selector a message selector in the syntax of Jakarta Messaging
		 * @return this reception
		 */
		Reception selector(String selector);

		/**
		 * Takes one message, which is acknowledged before it is returned, see
		 * {@link MessageReceiver#receive(String, Duration, Class)}.
		 * @param timeout how long to wait for a message
		 * @param payloadType what the payload is converted to
		 * @param <T> the type of the payload
		 * @return the message, or nothing if there was none in time
		 * @throws ReceiveException if the broker cannot be asked
		 */
		<T> Optional<Message<T>> receive(Duration timeout, Class<T> payloadType);

		/**
		 * Takes one message, which is acknowledged when the handler has returned, see
		 * {@link MessageReceiver#receive(String, Duration, Class, Handler)}.
		 * @param timeout how long to wait for a message
		 * @param payloadType what the payload is converted to
		 * @param handler what handles the message, called by the same thread
		 * @param <T> the type of the payload
		 * @param <E> what the handler may throw
		 * @return whether a message was handled
		 * @throws E what the handler has thrown
		 * @throws ReceiveException if the broker cannot be asked, or has not confirmed
		 * that the message is done
		 */
		<T, E extends Exception> boolean receive(Duration timeout, Class<T> payloadType, Handler<T, E> handler)
				throws E;

	}

	/**
	 * Handles a message.
	 *
	 * @param <T> the type of its payload
	 * @param <E> what it may throw
	 */
	@FunctionalInterface
	interface Handler<T, E extends Exception> {

		/**
		 * Handles a message.
		 * @param message the message, as the filters have left it
		 * @throws E if it cannot be handled
		 */
		void handle(Message<T> message) throws E;

	}

}
