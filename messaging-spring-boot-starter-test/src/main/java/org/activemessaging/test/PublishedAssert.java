package org.activemessaging.test;

import java.util.List;
import java.util.Objects;

import org.activemessaging.payload.PayloadConverter;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

import org.springframework.messaging.Message;

/**
 * Assertions about the messages that were published to a destination.
 *
 * @since 0.1.0
 */
public final class PublishedAssert extends AbstractAssert<PublishedAssert, List<Message<?>>> {

	private final MessagingHarnessAssert origin;

	private final String destination;

	private final PayloadConverter converter;

	PublishedAssert(MessagingHarnessAssert origin, String destination, List<Message<?>> messages,
			PayloadConverter converter) {
		super(messages, PublishedAssert.class);
		this.origin = origin;
		this.destination = destination;
		this.converter = converter;
	}

	/**
	 * Verifies how many messages were published.
	 * @param messages how many
	 * @return this assertion
	 */
	public PublishedAssert hasSize(int messages) {
		if (this.actual.size() != messages) {
			failWithActualExpectedAndMessage(this.actual.size(), messages,
					"%d messages were published to '%s', not %d: %s", this.actual.size(), this.destination, messages,
					this.actual);
		}
		return this;
	}

	/**
	 * Verifies that no message was published.
	 * @return this assertion
	 */
	public PublishedAssert isEmpty() {
		return hasSize(0);
	}

	/**
	 * Verifies that at least one message has a header.
	 * @param name the name of the header
	 * @param value its value
	 * @return this assertion
	 */
	public PublishedAssert withHeader(String name, Object value) {
		if (this.actual.stream().noneMatch((message) -> Objects.equals(message.getHeaders().get(name), value))) {
			failWithMessage("No message to '%s' has the header '%s' with the value '%s': %s", this.destination, name,
					value, this.actual);
		}
		return this;
	}

	/**
	 * Verifies that at least one message has a payload.
	 * @param payload the payload; that of the message is read as its type, and compared
	 * by {@code equals}
	 * @return this assertion
	 */
	public PublishedAssert withPayload(Object payload) {
		payloads(payload.getClass()).satisfies((payloads) -> Assertions.assertThat((List<?>) payloads)
			.as("payloads of messages to '%s'", this.destination)
			.anySatisfy((candidate) -> Assertions.assertThat((Object) candidate).isEqualTo(payload)));
		return this;
	}

	/**
	 * Reads the payloads.
	 * @param <T> their type
	 * @param type their type
	 * @return assertions about the payloads, in the order in which they were published
	 */
	public <T> ListAssert<T> payloads(Class<T> type) {
		return Assertions.assertThat(
				this.actual.stream().map((message) -> type.cast(this.converter.fromMessage(message, type))).toList());
	}

	/**
	 * Goes back to the harness.
	 * @return its assertions
	 */
	public MessagingHarnessAssert and() {
		return this.origin;
	}

}
