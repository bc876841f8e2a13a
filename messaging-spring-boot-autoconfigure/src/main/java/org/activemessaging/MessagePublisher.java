package org.activemessaging;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Publishes messages to destinations by their logical names, whatever the broker behind
 * them. A bean of this type is available for injection; it is safe for use by many
 * threads.
 * <p>
 * {@code publish} returns when the broker has the message, and throws otherwise. It takes
 * no longer than {@code messaging.broker.<name>.publisher.timeout}, the wait for a
 * connection and for the broker's answer together. If the answer is lost, a persistent
 * message is sent again within that time, with the same id: the broker may then have it
 * twice. Called while a message is being processed, for a destination on the broker that
 * message came from, it joins the transaction of that message instead: what is published
 * leaves when the processor has returned normally, together with the acknowledgement, or
 * not at all.
 * <p>
 * With an outbox ({@code messaging.outbox.enabled}), {@code publish} inside a database
 * transaction returns when the message is stored in it, and the message leaves after the
 * commit, or not at all. An idempotent processor may publish in no other way.
 *
 * @since 0.1.0
 */
public interface MessagePublisher {

	/**
	 * Publishes a payload.
	 * @param destination the logical name of the destination
	 * @param payload the payload: text and bytes are sent as they are, other objects as
	 * the destination's content type says, JSON by default
	 * @throws PublishException if the broker did not take the message
	 * @throws PublishUncertainException if nobody knows whether it did
	 */
	default void publish(String destination, Object payload) {
		to(destination).publish(payload);
	}

	/**
	 * Publishes a payload with headers.
	 * @param destination the logical name of the destination
	 * @param payload the payload
	 * @param headers the headers, see {@link Publication#header(String, Object)}
	 * @throws PublishException if the broker did not take the message
	 * @throws PublishUncertainException if nobody knows whether it did
	 */
	default void publish(String destination, Object payload, Map<String, ?> headers) {
		to(destination).headers(headers).publish(payload);
	}

	/**
	 * Publishes a payload without waiting for the broker. The future completes when the
	 * broker has the message, so this is as safe as {@link #publish(String, Object)}: it
	 * fails with the same exceptions, and takes no longer. Messages of one thread, and
	 * those of one message group, are sent in the order of the calls; a {@code publish}
	 * of the same thread or group follows them.
	 * <p>
	 * At most {@code messaging.broker.<name>.publisher.max-in-flight} messages may be on
	 * their way to a broker. At that bound, the call waits for room, no longer than the
	 * timeout of the publisher, and then fails without having sent anything.
	 * <p>
	 * In the transaction of a message that is being processed, and in a database
	 * transaction with an outbox, the future is complete when the call returns. Like
	 * {@code publish}, it then means that the message leaves with that transaction or not
	 * at all; waiting for more inside of the transaction would never end.
	 * <p>
	 * What depends on the future without an executor of its own is called by a thread of
	 * the publisher. It may publish, but it must not wait for other such futures. To
	 * cancel the future does not take the message back.
	 * @param destination the logical name of the destination
	 * @param payload the payload
	 * @return completes when the broker has the message; fails with a
	 * {@link PublishException} if it did not take it, or with a
	 * {@link PublishUncertainException} if nobody knows
	 */
	default CompletableFuture<@Nullable Void> publishAsync(String destination, Object payload) {
		return to(destination).publishAsync(payload);
	}

	/**
	 * Publishes several payloads in their order, and returns when the broker has all of
	 * them. All is sent in one transaction where the broker has transactions, and the
	 * payloads are no more than 1000 of no more than 4 MiB together: the broker then has
	 * all of them or none. Larger collections take several transactions, one after the
	 * other; if one fails, those before it stand. RabbitMQ, Amazon SQS and STOMP to
	 * RabbitMQ have no transactions for what is sent: there, a failure leaves nobody
	 * knowing about the messages that were sent together. Messages that are not
	 * persistent are sent one by one.
	 * <p>
	 * If the answer to a transaction is lost, it is sent again with the same ids, for as
	 * long as one {@code publish} may take. In the transaction of a message that is being
	 * processed, and in a database transaction with an outbox, the messages join that
	 * transaction like those of {@code publish}.
	 * @param destination the logical name of the destination
	 * @param payloads the payloads
	 * @throws PublishAllException if the broker has not got all of them; it says which it
	 * has
	 */
	default void publishAll(String destination, Collection<?> payloads) {
		to(destination).publishAll(payloads);
	}

	/**
	 * Starts a publication.
	 * @param destination the logical name of the destination
	 * @return the publication, to be completed and published by the calling thread
	 */
	Publication to(String destination);

	/**
	 * One message on its way out. Not safe for use by several threads; may be published
	 * several times, each time as a new message.
	 */
	interface Publication {

		/**
		 * Sets a header.
		 * @param name the name: a valid Java identifier, as Jakarta Messaging demands
		 * @param value the value: a string, a boolean or a number
		 * @return this publication
		 */
		Publication header(String name, Object value);

		/**
		 * Sets headers.
		 * @param headers the headers, see {@link #header(String, Object)}
		 * @return this publication
		 */
		Publication headers(Map<String, ?> headers);

		/**
		 * Puts the message into a message group: messages of one group are processed one
		 * after the other, in order.
		 * @param group the name of the message group, {@code JMSXGroupID}
		 * @return this publication
		 */
		Publication group(String group);

		/**
		 * Sets the priority.
		 * @param priority 0 (lowest) to 9 (highest); the default is 4
		 * @return this publication
		 */
		Publication priority(int priority);

		/**
		 * Sets how long the message is of use to anybody.
		 * @param timeToLive the time after which the broker may drop the message; zero,
		 * the default, for never
		 * @return this publication
		 */
		Publication timeToLive(Duration timeToLive);

		/**
		 * Sets how long the message is held back. It waits in a delay queue of the
		 * application, as a message that is redelivered does, and goes to its destination
		 * when it is due: not before, and some tenths of a second after it. While no
		 * instance of the application runs, it goes on waiting.
		 * <p>
		 * Messages with a delay do not keep their order, not even in a message group. The
		 * broker's clock does not matter, those of the application's instances do.
		 * @param delay how long; zero, the default, for not at all
		 * @return this publication
		 * @throws IllegalArgumentException if the delay is negative
		 * @see #timeToLive(Duration) the time to live, which begins with the publish and
		 * has to be longer than the delay
		 */
		Publication delay(Duration delay);

		/**
		 * Sets whether the message survives a restart of the broker. The promise of never
		 * losing a message holds for persistent messages only.
		 * @param persistent whether the broker stores the message, the default
		 * @return this publication
		 */
		Publication persistent(boolean persistent);

		/**
		 * Sets the correlation id.
		 * @param correlationId the correlation id
		 * @return this publication
		 */
		Publication correlationId(String correlationId);

		/**
		 * Sets how a payload that is neither text nor bytes is written.
		 * @param contentType the MIME type, for example {@code application/json}
		 * @return this publication
		 */
		Publication contentType(String contentType);

		/**
		 * Publishes a payload, as {@link MessagePublisher#publish(String, Object)} does.
		 * @param payload the payload
		 * @throws PublishException if the broker did not take the message
		 * @throws PublishUncertainException if nobody knows whether it did
		 */
		void publish(Object payload);

		/**
		 * Publishes a payload, as {@link MessagePublisher#publishAsync(String, Object)}
		 * does.
		 * @param payload the payload
		 * @return completes when the broker has the message
		 */
		CompletableFuture<@Nullable Void> publishAsync(Object payload);

		/**
		 * Publishes several payloads, as
		 * {@link MessagePublisher#publishAll(String, Collection)} does.
		 * @param payloads the payloads, each of which becomes a message with the headers
		 * of this publication
		 * @throws PublishAllException if the broker has not got all of them
		 */
		void publishAll(Collection<?> payloads);

	}

}
