package org.activemessaging.processor;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.activemessaging.MessagePublisher;
import org.activemessaging.MessagePublisher.Publication;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.payload.MessageGroupKey;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * Publishes what a method has returned.
 */
final class ResultPublisher {

	private final String destination;

	private final Supplier<MessagePublisher> publisher;

	private final @Nullable MessageGroupKey messageGroup;

	/**
	 * Creates a publisher of results.
	 * @param destination the logical name of the destination
	 * @param publisher what publishes, asked for with the first result
	 * @param messageGroup which message group a result is published in, or {@code null}
	 * if the publisher decides
	 */
	ResultPublisher(String destination, Supplier<MessagePublisher> publisher, @Nullable MessageGroupKey messageGroup) {
		this.destination = destination;
		this.publisher = publisher;
		this.messageGroup = messageGroup;
	}

	void publish(@Nullable Object result) {
		if (result instanceof Optional<?> optional) {
			publish(optional.orElse(null));
		}
		else if (result instanceof Collection<?> several) {
			publishEach(several);
		}
		else if (result != null) {
			publishOne(result);
		}
	}

	// Together where nothing says otherwise: outside of the transaction of the message in
	// work, that is one transaction instead of many.
	private void publishEach(Collection<?> several) {
		if (this.messageGroup != null || several.stream().anyMatch(Message.class::isInstance)) {
			several.forEach(this::publishOne);
		}
		else if (!several.isEmpty()) {
			this.publisher.get().publishAll(this.destination, several);
		}
	}

	private void publishOne(Object result) {
		Publication publication = this.publisher.get().to(this.destination);
		if (!(result instanceof Message<?> message)) {
			publish(publication, result, Map.of());
			return;
		}
		for (Map.Entry<String, Object> header : message.getHeaders().entrySet()) {
			switch (header.getKey()) {
				case MessageHeaders.CONTENT_TYPE, MessagingHeaders.CONTENT_TYPE ->
					publication.contentType(header.getValue().toString());
				default -> publication.headers(Map.of(header.getKey(), header.getValue()));
			}
		}
		publish(publication, message.getPayload(), message.getHeaders());
	}

	private void publish(Publication publication, Object payload, Map<String, Object> headers) {
		if (this.messageGroup != null && !headers.containsKey(MessagingHeaders.GROUP)) {
			String group = this.messageGroup.of(this.destination, payload, headers);
			if (group != null) {
				publication.group(group);
			}
		}
		publication.publish(payload);
	}

}
