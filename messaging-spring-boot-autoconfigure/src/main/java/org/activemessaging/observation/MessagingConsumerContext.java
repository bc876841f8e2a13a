package org.activemessaging.observation;

import java.util.List;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.activemessaging.listener.ObservedMessage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of messages that have come. The trace context is read from the headers of
 * one message; where there are several, none of them is the parent.
 *
 * @since 0.1.0
 */
public abstract class MessagingConsumerContext extends ReceiverContext<List<ObservedMessage>> {

	private final List<ObservedMessage> messages;

	private @Nullable Traceparent trace;

	MessagingConsumerContext(List<ObservedMessage> messages) {
		super((carrier, name) -> text(carrier, name), Kind.CONSUMER);
		this.messages = messages;
		setCarrier(messages);
	}

	private static @Nullable String text(@Nullable List<ObservedMessage> messages, String name) {
		return (messages != null && messages.size() == 1
				&& messages.get(0).headers().apply(name) instanceof String text) ? text : null;
	}

	/**
	 * Returns what has come.
	 * @return the message, or those that a processor takes in one call
	 */
	public List<ObservedMessage> messages() {
		return this.messages;
	}

	/**
	 * Returns a header of the message.
	 * @param name its name
	 * @return its value, or {@code null} if it has none or if there are several messages
	 */
	public @Nullable Object header(String name) {
		return (this.messages.size() == 1) ? this.messages.get(0).headers().apply(name) : null;
	}

	@Nullable Traceparent trace() {
		return this.trace;
	}

	void setTrace(Traceparent trace) {
		this.trace = trace;
	}

}
