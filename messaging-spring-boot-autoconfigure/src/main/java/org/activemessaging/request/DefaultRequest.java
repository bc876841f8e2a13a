package org.activemessaging.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.activemessaging.MessageRequester.Request;
import org.activemessaging.NoReplyException;
import org.activemessaging.PublishException;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.filter.Routing;
import org.activemessaging.publisher.MessageDraft;
import org.activemessaging.publisher.OutboundHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.Assert;

/**
 * Collects what is said about a request, and sends it.
 */
final class DefaultRequest implements Request {

	private static final int MOST_WAITING = 10_000;

	private static final Duration LONGEST = Duration.ofDays(1);

	private static final Set<String> OWN = Set.of(OutboundHeaders.DELAY, OutboundHeaders.TIME_TO_LIVE,
			OutboundHeaders.CORRELATION_ID, OutboundHeaders.PERSISTENT);

	private final CorrelatingMessageRequester requester;

	private final NamedDestination destination;

	private final MessageDraft draft;

	private Duration timeout;

	DefaultRequest(CorrelatingMessageRequester requester, NamedDestination destination) {
		this.requester = requester;
		this.destination = destination;
		this.draft = new MessageDraft(destination);
		this.timeout = requester.timeout();
	}

	@Override
	public Request header(String name, Object value) {
		Assert.notNull(name, "'name' must not be null");
		if (OWN.contains(name)) {
			throw new IllegalArgumentException("The '" + name + "' of a request cannot be set: it goes at once, is of"
					+ " use until its timeout, and has a correlation id of its own");
		}
		this.draft.header(name, value);
		return this;
	}

	@Override
	public Request headers(Map<String, ?> headers) {
		headers.forEach(this::header);
		return this;
	}

	@Override
	public Request priority(int priority) {
		return header(OutboundHeaders.PRIORITY, priority);
	}

	@Override
	public Request contentType(String contentType) {
		this.draft.contentType(contentType);
		return this;
	}

	@Override
	public Request timeout(Duration timeout) {
		Assert.notNull(timeout, "'timeout' must not be null");
		if (timeout.toMillis() <= 0 || timeout.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"The timeout is " + timeout + ", but it must be at least a millisecond, and at most a day");
		}
		this.timeout = timeout;
		return this;
	}

	@Override
	public <R> R request(Object payload, Class<R> replyType) {
		CompletableFuture<R> reply = send(payload, replyType, false);
		try {
			return reply.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new NoReplyException(this.destination.name(),
					"There was no reply from " + this.destination + ": " + ex.getMessage(), ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			reply.cancel(false);
			throw new NoReplyException(this.destination.name(),
					"The wait for a reply from " + this.destination + " was interrupted", ex);
		}
	}

	@Override
	public <R> CompletableFuture<R> requestAsync(Object payload, Class<R> replyType) {
		return send(payload, replyType, true);
	}

	private <R> CompletableFuture<R> send(Object payload, Class<R> replyType, boolean later) {
		Assert.notNull(payload, "'payload' must not be null");
		Assert.notNull(replyType, "'replyType' must not be null");
		long startedAt = System.nanoTime();
		ReplyQueue queue = this.requester.queue(this.destination.broker());
		if (queue.waiting() >= MOST_WAITING) {
			throw new PublishException(this.destination.name(), "A request to " + this.destination
					+ " was not published: " + MOST_WAITING + " others wait for their replies", null);
		}
		PendingReply<R> pending = new PendingReply<>(this.destination, (message) -> read(message, replyType));
		CompletableFuture<R> result = pending.result();
		RequestObserver.Observed observed = this.requester.observer().begin(this.destination);
		result.whenComplete((reply, failure) -> {
			ended(pending, System.nanoTime() - startedAt, failure);
			observed.end(failure);
		});
		pending.start(this.timeout, this.requester.executor(), queue::trouble);
		String correlationId = UUID.randomUUID().toString();
		queue.await(correlationId, pending);
		MessageDraft request = this.draft.with(headers(correlationId, queue));
		Runnable publish = observed.within(() -> publish(request, payload, pending, later));
		CompletableFuture<@Nullable Void> ready = queue.ready();
		if (ready.isDone()) {
			publish.run();
		}
		else if (later) {
			ready.thenRunAsync(publish, this.requester.executor());
		}
		else {
			CompletableFuture.anyOf(ready, result).exceptionally((failure) -> null).join();
			publish.run();
		}
		return result;
	}

	private void ended(PendingReply<?> pending, long nanos, @Nullable Throwable failure) {
		if (failure != null && pending.isTimedOut()) {
			this.requester.timedOut(this.destination, nanos);
		}
		else {
			this.requester.ended(this.destination, nanos, failure);
		}
	}

	private Map<String, Object> headers(String correlationId, ReplyQueue queue) {
		return Map.of(OutboundHeaders.CORRELATION_ID, correlationId, OutboundHeaders.REPLY_TO, queue.address(),
				OutboundHeaders.TIME_TO_LIVE, this.timeout, OutboundHeaders.PERSISTENT, false, OutboundHeaders.DELAY,
				Duration.ZERO);
	}

	private void publish(MessageDraft request, Object payload, PendingReply<?> pending, boolean later) {
		if (pending.result().isDone()) {
			return;
		}
		this.requester.publisher().request(request, payload, later).whenComplete((sent, failure) -> {
			if (failure != null) {
				Throwable cause = failure.getCause();
				pending.notSent((failure instanceof CompletionException && cause != null) ? cause : failure);
			}
		});
	}

	// The filters of the destination are around its replies, too: what one does with a
	// request on its way out, it may have to undo with the reply.
	private <R> R read(Message<?> message, Class<R> replyType) {
		List<R> replies = new ArrayList<>(1);
		try {
			this.requester.filters()
				.chain(Routing.received(this.destination, null),
						(filtered) -> replies.add(convert(filtered, replyType)))
				.proceed(message);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new NoReplyException(this.destination.name(),
					"A filter of the reply from " + this.destination + " failed: " + ex.getMessage(), ex);
		}
		if (replies.isEmpty()) {
			throw new NoReplyException(this.destination.name(),
					"The reply from " + this.destination + " was stopped by a filter", null);
		}
		return replies.get(0);
	}

	private <R> R convert(Message<?> message, Class<R> replyType) {
		R reply = replyType.cast(this.requester.converter().fromMessage(message, replyType));
		if (reply == null) {
			throw new MessageConversionException("The reply from " + this.destination + " has no payload");
		}
		return reply;
	}

}
