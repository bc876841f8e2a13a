package org.activemessaging.publisher;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.activemessaging.MessagePublisher.Publication;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Collects what is said about a message.
 */
final class DefaultPublication implements Publication {

	private final FilteringMessagePublisher publisher;

	private final NamedDestination destination;

	private final Map<String, Object> headers = new HashMap<>();

	private String contentType;

	DefaultPublication(FilteringMessagePublisher publisher, NamedDestination destination) {
		this.publisher = publisher;
		this.destination = destination;
		this.contentType = destination.contentType();
	}

	@Override
	public Publication header(String name, Object value) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, () -> "The value of header '" + name + "' must not be null");
		OutboundHeaders.check(name, value);
		this.headers.put(name, value);
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
		Assert.hasText(contentType, "'contentType' must not be empty");
		this.contentType = contentType;
		return header(MessagingHeaders.CONTENT_TYPE, contentType);
	}

	@Override
	public void publish(Object payload) {
		Assert.notNull(payload, "'payload' must not be null");
		this.publisher.publish(this.destination, this.contentType, this.headers, payload);
	}

	@Override
	public CompletableFuture<@Nullable Void> publishAsync(Object payload) {
		Assert.notNull(payload, "'payload' must not be null");
		return this.publisher.publishAsync(this.destination, this.contentType, this.headers, payload);
	}

	@Override
	public void publishAll(Collection<?> payloads) {
		Assert.noNullElements(payloads, "'payloads' must not contain null");
		this.publisher.publishAll(this.destination, this.contentType, this.headers, payloads);
	}

}
