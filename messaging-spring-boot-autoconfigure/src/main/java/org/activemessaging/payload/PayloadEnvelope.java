package org.activemessaging.payload;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.util.MimeType;

/**
 * Writes and reads payloads that are more than their content: objects whose parts are
 * headers of the message, or which say themselves how they are written. A bean of this
 * type is found.
 *
 * @since 0.1.0
 */
public interface PayloadEnvelope {

	/**
	 * Tells whether an object is written by this envelope.
	 * @param payload what is published
	 * @return whether it is
	 */
	boolean writes(Object payload);

	/**
	 * Tells whether an object of a type is read by this envelope.
	 * @param type what a processor wants to have
	 * @return whether it is
	 */
	boolean reads(Class<?> type);

	/**
	 * Writes an object.
	 * @param payload the object
	 * @param destination the logical name of where it goes
	 * @return text or bytes, and headers
	 * @throws RuntimeException if the object cannot be written
	 */
	WrittenPayload write(Object payload, String destination);

	/**
	 * Reads an object.
	 * @param message the message
	 * @param contentType its content type, or {@code null} if it has none
	 * @return the object
	 * @throws RuntimeException if the message does not say such an object
	 */
	Object read(Message<?> message, @Nullable MimeType contentType);

}
