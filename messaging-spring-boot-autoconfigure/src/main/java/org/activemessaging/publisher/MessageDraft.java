package org.activemessaging.publisher;

import java.util.HashMap;
import java.util.Map;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;

import org.springframework.util.Assert;

/**
 * What is said about a message before it is published: everything but its payload.
 *
 * @since 0.1.0
 */
public final class MessageDraft {

	private final NamedDestination destination;

	private final Map<String, Object> headers = new HashMap<>();

	private String contentType;

	/**
	 * Creates a draft of which nothing is said yet.
	 * @param destination where the message goes
	 */
	public MessageDraft(NamedDestination destination) {
		this.destination = destination;
		this.contentType = destination.contentType();
	}

	/**
	 * Sets a header, or how the message is sent.
	 * @param name its name
	 * @param value its value
	 * @throws IllegalArgumentException if it cannot be sent; the message names the header
	 */
	public void header(String name, Object value) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, () -> "The value of header '" + name + "' must not be null");
		OutboundHeaders.check(name, value);
		this.headers.put(name, value);
	}

	/**
	 * Sets how the payload is written.
	 * @param contentType the MIME type
	 */
	public void contentType(String contentType) {
		Assert.hasText(contentType, "'contentType' must not be empty");
		this.contentType = contentType;
		header(MessagingHeaders.CONTENT_TYPE, contentType);
	}

	/**
	 * Returns a draft with more headers.
	 * @param more the headers, not checked; they win
	 * @return the other draft
	 */
	public MessageDraft with(Map<String, Object> more) {
		MessageDraft draft = new MessageDraft(this.destination);
		draft.contentType = this.contentType;
		draft.headers.putAll(this.headers);
		draft.headers.putAll(more);
		return draft;
	}

	NamedDestination destination() {
		return this.destination;
	}

	String contentType() {
		return this.contentType;
	}

	/**
	 * Returns the headers of one message, with those of its destination.
	 */
	Map<String, Object> headers() {
		Map<String, Object> all = new HashMap<>(this.destination.headers());
		all.putAll(this.headers);
		return all;
	}

}
