package org.activemessaging;

import java.time.Duration;
import java.util.Map;

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

	}

}
