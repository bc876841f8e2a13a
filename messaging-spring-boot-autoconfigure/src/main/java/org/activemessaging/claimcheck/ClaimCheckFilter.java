package org.activemessaging.claimcheck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.PayloadTooLargeException;
import org.activemessaging.RejectMessageException;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Keeps large payloads in a store, and gives them back to the messages that refer to
 * them.
 *
 * @since 0.1.0
 */
public final class ClaimCheckFilter implements MessageFilter {

	// Of a character of a text, in UTF-8.
	private static final int MOST_BYTES = 3;

	private final ClaimStore store;

	private final long threshold;

	private final long maxPayloadSize;

	private final @Nullable Duration retention;

	private final Clock clock;

	/**
	 * Creates a filter.
	 * @param store where payloads are kept
	 * @param threshold from how many bytes on a payload is kept there
	 * @param maxPayloadSize how many bytes a payload that is taken has at most
	 * @param retention how long payloads are kept, or {@code null} for ever
	 * @param clock tells the time
	 */
	public ClaimCheckFilter(ClaimStore store, long threshold, long maxPayloadSize, @Nullable Duration retention,
			Clock clock) {
		this.store = store;
		this.threshold = threshold;
		this.maxPayloadSize = maxPayloadSize;
		this.retention = retention;
		this.clock = clock;
	}

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		chain.proceed((routing.direction() == Direction.OUTBOUND) ? checkIn(message) : claim(message));
	}

	private Message<?> checkIn(Message<?> message) throws IOException {
		Object payload = message.getPayload();
		byte[] bytes = (payload instanceof byte[] some) ? some : (payload instanceof String text) ? bytes(text) : null;
		if (bytes == null || bytes.length < this.threshold) {
			return message;
		}
		checkDelay(message);
		ClaimKey key = ClaimKey.next(this.clock.instant());
		this.store.put(key, bytes);
		return MessageBuilder
			.withPayload("A payload of " + bytes.length + " bytes is in the claim-check store, as " + key)
			.copyHeaders(message.getHeaders())
			.setHeader(MessagingHeaders.CLAIM, ClaimReference.to(key, bytes, payload instanceof String).toString())
			.build();
	}

	private byte @Nullable [] bytes(String text) {
		if (MOST_BYTES * (long) text.length() < this.threshold) {
			return null;
		}
		// Not by the string itself, which would put a question mark for what it cannot
		// write.
		try {
			ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("The payload cannot be kept in the claim-check store: half of a"
					+ " character beyond U+FFFF is missing in it", ex);
		}
	}

	private void checkDelay(Message<?> message) {
		Object dueAt = message.getHeaders().get(MessagingHeaders.DUE_AT);
		if (this.retention != null && dueAt instanceof Number due
				&& due.longValue() - this.clock.millis() >= this.retention.toMillis()) {
			throw new IllegalArgumentException("The message is delayed for longer than its payload is kept"
					+ " ('messaging.filter.claim-check.retention')");
		}
	}

	private Message<?> claim(Message<?> message) throws IOException {
		Object header = message.getHeaders().get(MessagingHeaders.CLAIM);
		if (header == null) {
			return message;
		}
		ClaimReference reference = reference(header);
		if (reference.length() > this.maxPayloadSize) {
			throw new PayloadTooLargeException(reference.length(), this.maxPayloadSize);
		}
		byte[] payload = this.store.get(reference.key(), reference.length());
		if (payload == null) {
			throw new ClaimMissingException(reference.key());
		}
		if (!reference.describes(payload)) {
			throw new RejectMessageException("The payload that is in the claim-check store as " + reference.key()
					+ " is not the one of the message: its length or its digest differs");
		}
		return MessageBuilder
			.withPayload(reference.text() ? new String(payload, StandardCharsets.UTF_8) : (Object) payload)
			.copyHeaders(message.getHeaders())
			.removeHeader(MessagingHeaders.CLAIM)
			.build();
	}

	// What it says is not repeated: anybody may have written it.
	private static ClaimReference reference(Object header) {
		try {
			return ClaimReference.parse(header.toString());
		}
		catch (IllegalArgumentException ex) {
			throw new RejectMessageException("The header '" + MessagingHeaders.CLAIM + "' refers to no payload", ex);
		}
	}

}
