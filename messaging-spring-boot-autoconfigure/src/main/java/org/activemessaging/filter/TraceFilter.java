package org.activemessaging.filter;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Tells a destination what passes: a live picture of the system. Traces are not traced,
 * nor is what follows from them, in this application or another one with this filter:
 * both carry a header that says so.
 *
 * @since 0.1.0
 */
public final class TraceFilter implements MessageFilter, Ordered {

	private final ThreadLocal<Boolean> untraced = ThreadLocal.withInitial(() -> false);

	private final NamedDestination destination;

	private final String application;

	private final int payloadLength;

	private final Traces traces;

	/**
	 * Creates a filter.
	 * @param destination where traces go
	 * @param application the name of the application
	 * @param payloadLength how many characters of a text are told, 0 for none
	 * @param traces what publishes the traces
	 */
	public TraceFilter(NamedDestination destination, String application, int payloadLength, Traces traces) {
		this.destination = destination;
		this.application = application;
		this.payloadLength = payloadLength;
		this.traces = traces;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 200;
	}

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		// By the address: a second name for it must not begin a loop.
		if (message.getHeaders().containsKey(MessagingHeaders.UNTRACED)
				|| routing.destination().isPublishedWhere(this.destination) || this.untraced.get()) {
			passUntraced(message, routing, chain);
			return;
		}
		Instant at = Instant.now();
		long startedAt = System.nanoTime();
		Throwable failure = null;
		try {
			chain.proceed(message);
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			this.traces.add(trace(message, routing, at, System.nanoTime() - startedAt, failure));
		}
	}

	private void passUntraced(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		boolean outer = this.untraced.get();
		this.untraced.set(true);
		try {
			chain.proceed((routing.direction() == Direction.INBOUND) ? message
					: MessageBuilder.fromMessage(message).setHeader(MessagingHeaders.UNTRACED, true).build());
		}
		finally {
			if (outer) {
				this.untraced.set(true);
			}
			else {
				this.untraced.remove();
			}
		}
	}

	// Small, as it may wait: a message that has passed may be large.
	private Map<String, Object> trace(Message<?> message, Routing routing, Instant at, long nanos,
			@Nullable Throwable failure) {
		MessageHeaders headers = message.getHeaders();
		Map<String, Object> trace = new LinkedHashMap<>();
		trace.put("event", (routing.direction() == Direction.INBOUND) ? "received" : "sent");
		trace.put("at", at.toString());
		trace.put("application", this.application);
		trace.put("destination", routing.destination().name());
		put(trace, "processor", routing.processor());
		put(trace, "group", routing.group());
		put(trace, "id", headers.get(MessagingHeaders.ID));
		put(trace, "correlationId", headers.get(MessagingHeaders.CORRELATION_ID));
		trace.put("micros", TimeUnit.NANOSECONDS.toMicros(nanos));
		put(trace, "failure", (failure != null) ? failure.getClass().getName() : null);
		Object payload = message.getPayload();
		if (payload instanceof byte[] bytes) {
			trace.put("size", bytes.length);
		}
		else if (payload instanceof String text) {
			trace.put("size", text.length());
			if (this.payloadLength > 0) {
				trace.put("payload", beginning(text));
			}
		}
		return trace;
	}

	private String beginning(String text) {
		if (text.length() <= this.payloadLength) {
			return text;
		}
		// Half a character would not be text.
		boolean split = Character.isHighSurrogate(text.charAt(this.payloadLength - 1));
		return text.substring(0, split ? this.payloadLength - 1 : this.payloadLength);
	}

	private static void put(Map<String, Object> trace, String key, @Nullable Object value) {
		if (value != null) {
			trace.put(key, value.toString());
		}
	}

}
