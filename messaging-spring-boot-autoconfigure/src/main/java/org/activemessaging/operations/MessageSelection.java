package org.activemessaging.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.BrokerAdapter;
import org.activemessaging.deadletter.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a queue are meant: those that meet all conditions that are given.
 *
 * @param id the id of the message: {@code am_id}, or the broker's
 * @param cause the fingerprint of the cause for which it was given up
 * @param headers the text of headers by their names
 * @param olderThan how long ago it was given up, or sent, at least
 * @param youngerThan how long ago it was given up, or sent, at most
 * @since 0.1.0
 */
public record MessageSelection(@Nullable String id, @Nullable String cause, Map<String, String> headers,
		@Nullable Duration olderThan, @Nullable Duration youngerThan) {

	/**
	 * All messages.
	 */
	public static final MessageSelection ALL = new MessageSelection(null, null, Map.of(), null, null);

	/**
	 * Copies the headers.
	 * @param id the id of the message: {@code am_id}, or the broker's
	 * @param cause the fingerprint of the cause for which it was given up
	 * @param headers the text of headers by their names
	 * @param olderThan how long ago it was given up, or sent, at least
	 * @param youngerThan how long ago it was given up, or sent, at most
	 */
	public MessageSelection {
		headers = Map.copyOf(headers);
	}

	/**
	 * Selects by the cause.
	 * @param cause the fingerprint, or {@code null} for all messages
	 * @return the selection
	 */
	public static MessageSelection ofCause(@Nullable String cause) {
		return new MessageSelection(null, cause, Map.of(), null, null);
	}

	/**
	 * Tells whether all messages are meant.
	 * @return whether there is no condition
	 */
	public boolean isAll() {
		return equals(ALL);
	}

	boolean matches(Message message, BrokerAdapter adapter, Instant now) throws JMSException {
		if (this.id != null && !this.id.equals(message.getStringProperty(MessagingHeaders.ID))
				&& !this.id.equals(message.getJMSMessageID())) {
			return false;
		}
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			Object value = message.getObjectProperty(header.getKey());
			if (value == null || !header.getValue().equals(value.toString())) {
				return false;
			}
		}
		if (this.olderThan != null || this.youngerThan != null) {
			Duration age = Duration.between(since(message), now);
			if (this.olderThan != null && age.compareTo(this.olderThan) < 0
					|| this.youngerThan != null && age.compareTo(this.youngerThan) > 0) {
				return false;
			}
		}
		return this.cause == null || this.cause.equals(Cause.of(message, adapter).fingerprint());
	}

	static Instant since(Message message) throws JMSException {
		Object at = message.getObjectProperty(MessagingHeaders.LAST_FAILURE_AT);
		if (at == null) {
			at = message.getObjectProperty(MessagingHeaders.ORIGINAL_TIMESTAMP);
		}
		return Instant.ofEpochMilli((at instanceof Number number) ? number.longValue() : message.getJMSTimestamp());
	}

}
