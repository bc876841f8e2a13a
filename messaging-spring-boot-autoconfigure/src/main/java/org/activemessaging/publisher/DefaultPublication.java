package org.activemessaging.publisher;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.activemessaging.MessagePublisher.Publication;
import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Collects what is said about a message.
 */
final class DefaultPublication implements Publication {

	private final FilteringMessagePublisher publisher;

	private final MessageDraft draft;

	DefaultPublication(FilteringMessagePublisher publisher, MessageDraft draft) {
		this.publisher = publisher;
		this.draft = draft;
	}

	@Override
	public Publication header(String name, Object value) {
		this.draft.header(name, value);
		return this;
	}

	@Override
	public Publication headers(Map<String, ?> headers) {
		headers.forEach((name, value) -> {
			if (value != null && !OutboundHeaders.isOfDelivery(name)) {
				header(name, value);
			}
		});
		return this;
	}

	@Override
	public Publication group(String group) {
		return header(MessagingHeaders.GROUP, group);
	}

	@Override
	public Publication priority(int priority) {
		return header(OutboundHeaders.PRIORITY, priority);
	}

	@Override
	public Publication timeToLive(Duration timeToLive) {
		return header(OutboundHeaders.TIME_TO_LIVE, timeToLive);
	}

	@Override
	public Publication delay(Duration delay) {
		return header(OutboundHeaders.DELAY, delay);
	}

	@Override
	public Publication persistent(boolean persistent) {
		return header(OutboundHeaders.PERSISTENT, persistent);
	}

	@Override
	public Publication correlationId(String correlationId) {
		return header(OutboundHeaders.CORRELATION_ID, correlationId);
	}

	@Override
	public Publication contentType(String contentType) {
		this.draft.contentType(contentType);
		return this;
	}

	@Override
	public void publish(Object payload) {
		Assert.notNull(payload, "'payload' must not be null");
		this.publisher.publish(this.draft, payload);
	}

	@Override
	public CompletableFuture<@Nullable Void> publishAsync(Object payload) {
		Assert.notNull(payload, "'payload' must not be null");
		return this.publisher.publishAsync(this.draft, payload);
	}

	@Override
	public void publishAll(Collection<?> payloads) {
		Assert.noNullElements(payloads, "'payloads' must not contain null");
		this.publisher.publishAll(this.draft, payloads);
	}

}
