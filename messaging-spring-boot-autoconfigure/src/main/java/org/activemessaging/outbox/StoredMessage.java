package org.activemessaging.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.activemessaging.publisher.OutboundHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * A row of the outbox.
 *
 * @param id its place in the order
 * @param destination the logical name of the destination
 * @param messageId the id of the message
 * @param content the message
 * @param createdAt when it was published, in milliseconds since the epoch
 */
record StoredMessage(long id, String destination, String messageId, byte[] content, long createdAt) {

	/**
	 * Reads the message. Its time to live has gone on while it was stored; what is too
	 * old is left to the broker, which may have a place for it.
	 */
	Message<?> message(long now) {
		Message<?> message = MessageCodec.read(this.content);
		long timeToLive = millis(message.getHeaders().get(OutboundHeaders.TIME_TO_LIVE));
		if (timeToLive <= 0) {
			return message;
		}
		Map<String, Object> headers = new HashMap<>(message.getHeaders());
		headers.put(OutboundHeaders.TIME_TO_LIVE, Math.max(1, timeToLive - Math.max(0, now - this.createdAt)));
		return new GenericMessage<>(message.getPayload(), headers);
	}

	private static long millis(@Nullable Object value) {
		return (value instanceof Duration duration) ? duration.toMillis()
				: (value instanceof Number number) ? number.longValue() : 0;
	}

}
