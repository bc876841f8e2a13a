package org.activemessaging;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes a request and takes the reply to it: what the processor of the destination
 * returns, or what any other client sends to the reply address of the request. Safe for
 * use by many threads.
 * <p>
 * A request is worth nothing after its deadline. So it is sent with that time to live, is
 * not stored by the broker, and is sent at once even in a processor, outside of the
 * transaction of its message: a reply that is waited for in an open transaction would
 * never come. If the transaction is rolled back, the request is not taken back.
 * <p>
 * Replies come to a queue of this instance, {@code REPLY.<application>.<instance>}. A
 * reply after the deadline is dropped and counted. If the processor fails, it is tried
 * again as always, but the requester is told nothing: it waits until its deadline.
 * Several replies may come from a virtual topic, of which the first counts.
 *
 * @since 0.1.0
 */
public interface MessageRequester {

	/**
	 * Publishes a request and waits for the reply.
	 * @param destination the logical name of the destination
	 * @param payload the payload
	 * @param replyType what the payload of the reply is converted to
	 * @param <R> the type of the reply
	 * @return the reply
	 * @throws PublishException if the request was not published
	 * @throws NoReplyException if there was no reply within
	 * {@code messaging.request.timeout}
	 * @throws org.springframework.messaging.converter.MessageConversionException if the
	 * reply cannot be converted
	 */
	default <R> R request(String destination, Object payload, Class<R> replyType) {
		return to(destination).request(payload, replyType);
	}

	/**
	 * Publishes a request without waiting. The future completes on a thread of the
	 * requester; it may be cancelled, which drops the reply.
	 * @param destination the logical name of the destination
	 * @param payload the payload
	 * @param replyType what the payload of the reply is converted to
	 * @param <R> the type of the reply
	 * @return the reply; it fails with what {@link #request(String, Object, Class)
	 * request} throws
	 */
	default <R> CompletableFuture<R> requestAsync(String destination, Object payload, Class<R> replyType) {
		return to(destination).requestAsync(payload, replyType);
	}

	/**
	 * Starts a request.
	 * @param destination the logical name of the destination
	 * @return the request, to be completed and sent by the calling thread
	 */
	Request to(String destination);

	/**
	 * A request on its way out. Not safe for use by several threads; may be sent several
	 * times, each time as a new message.
	 */
	interface Request {

		/**
		 * Sets a header.
		 * @param name the name: a valid Java identifier, as Jakarta Messaging demands
		 * @param value the value: a string, a boolean or a number
		 * @return this request
		 */
		Request header(String name, Object value);

		/**
		 * Sets headers.
		 * @param headers the headers, see {@link #header(String, Object)}
		 * @return this request
		 */
		Request headers(Map<String, ?> headers);

		/**
		 * Sets the priority.
		 * @param priority 0 (lowest) to 9 (highest); the default is 4
		 * @return this request
		 */
		Request priority(int priority);

		/**
		 * Sets how a payload that is neither text nor bytes is written.
		 * @param contentType the MIME type, for example {@code application/json}
		 * @return this request
		 */
		Request contentType(String contentType);

		/**
		 * Sets how long the reply is waited for, and how long the request is of use.
		 * @param timeout the time; by default {@code messaging.request.timeout}
		 * @return this request
		 */
		Request timeout(Duration timeout);

		/**
		 * Publishes the request and waits for the reply, see
		 * {@link MessageRequester#request(String, Object, Class)}.
		 * @param payload the payload
		 * @param replyType what the payload of the reply is converted to
		 * @param <R> the type of the reply
		 * @return the reply
		 * @throws PublishException if the request was not published
		 * @throws NoReplyException if there was no reply in time
		 */
		<R> R request(Object payload, Class<R> replyType);

		/**
		 * Publishes the request without waiting, see
		 * {@link MessageRequester#requestAsync(String, Object, Class)}.
		 * @param payload the payload
		 * @param replyType what the payload of the reply is converted to
		 * @param <R> the type of the reply
		 * @return the reply
		 */
		<R> CompletableFuture<R> requestAsync(Object payload, Class<R> replyType);

	}

}
