package org.activemessaging.listener;

import java.util.function.Function;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.jms.support.JmsHeaders;

/**
 * What an observer may know of a message that is tried.
 *
 * @param headers its headers by name, with those names that processors see
 * @param failedTrace the trace context of the last try that has failed, or {@code null}
 * if there is none. Anybody can have written it
 * @param redriven whether it was sent back from the dead letters
 * @param again whether it has failed before, since it was published or sent back
 * @since 0.1.0
 */
public record ObservedMessage(Function<String, @Nullable Object> headers, @Nullable String failedTrace,
		boolean redriven, boolean again) {

	/**
	 * A message that is tried.
	 * @param headers its headers by name
	 * @param failedHere the trace context of the last try if this instance has made it
	 * and knows that it has failed, or {@code null}
	 * @return what an observer may know
	 */
	public static ObservedMessage of(Function<String, @Nullable Object> headers, @Nullable String failedHere) {
		Object failed = (failedHere != null) ? failedHere : headers.apply(MessagingHeaders.FAILED_TRACE);
		return new ObservedMessage(headers, (failed instanceof String text) ? text : null,
				headers.apply(MessagingHeaders.REDRIVE) != null,
				failedHere != null || headers.apply(MessagingHeaders.ATTEMPT) != null);
	}

	/**
	 * A message of a broker's client that is tried.
	 * @param message the message
	 * @param failedHere the trace context of the last try if this instance has made it
	 * and knows that it has failed, or {@code null}
	 * @return what an observer may know
	 */
	public static ObservedMessage of(Message message, @Nullable String failedHere) {
		return of((name) -> header(message, name), failedHere);
	}

	// What cannot be read fails where somebody needs it.
	private static @Nullable Object header(Message message, String name) {
		try {
			return switch (name) {
				case JmsHeaders.MESSAGE_ID -> message.getJMSMessageID();
				case JmsHeaders.CORRELATION_ID -> message.getJMSCorrelationID();
				default -> message.getObjectProperty(name);
			};
		}
		catch (JMSException | RuntimeException ex) {
			return null;
		}
	}

}
