package org.activemessaging.filter;

import java.util.UUID;
import java.util.function.Predicate;

import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.Ordered;
import org.springframework.jms.support.JmsHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Keeps one id through everything that follows from one thing: takes it from the message
 * that is processed into the log lines and into what is published meanwhile.
 *
 * @since 0.1.0
 */
public final class CorrelationFilter implements MessageFilter, Ordered {

	private static final int LONGEST = 128;

	private static final String[] INBOUND_HEADERS = { MessagingHeaders.CORRELATION_ID, JmsHeaders.CORRELATION_ID,
			MessagingHeaders.ID, JmsHeaders.MESSAGE_ID };

	private final ThreadLocal<@Nullable Scope> current = new ThreadLocal<>();

	private final String key;

	/**
	 * Creates a filter.
	 * @param key the key of the id in the diagnostic context of the log (MDC)
	 */
	public CorrelationFilter(String key) {
		this.key = key;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 100;
	}

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		if (routing.direction() == Direction.OUTBOUND) {
			outbound(message, chain);
		}
		else {
			inbound(message, chain);
		}
	}

	private void outbound(Message<?> message, FilterChain chain) throws Exception {
		String own = id(message.getHeaders().get(MessagingHeaders.CORRELATION_ID));
		Scope scope = this.current.get();
		String id = (own != null) ? own : (scope != null) ? scope.id() : ofTheCaller();
		Message<?> correlated = (own != null) ? message
				: MessageBuilder.fromMessage(message).setHeader(MessagingHeaders.CORRELATION_ID, id).build();
		// What is delivered by this thread, without a queue, is no part of a window.
		run(new Scope(id, Direction.OUTBOUND), correlated, chain);
	}

	// Outside of a processor: what a web request, for example, has put into the log.
	private String ofTheCaller() {
		String id = id(MDC.get(this.key));
		return (id != null) ? id : UUID.randomUUID().toString();
	}

	private void inbound(Message<?> message, FilterChain chain) throws Exception {
		String id = ofMessage(message);
		Scope outer = this.current.get();
		if (outer != null && outer.direction() == Direction.INBOUND && !outer.id().equals(id)) {
			// The call of a whole window, whose messages have nothing else in common.
			Scope together = outer.isMixed() ? outer : new Scope(UUID.randomUUID().toString(), Direction.INBOUND, true);
			run(together, message, chain);
			return;
		}
		run(new Scope(id, Direction.INBOUND), message, chain);
	}

	private void run(Scope scope, Message<?> message, FilterChain chain) throws Exception {
		Scope outer = this.current.get();
		String logged = MDC.get(this.key);
		this.current.set(scope);
		MDC.put(this.key, scope.id());
		try {
			chain.proceed(message);
		}
		finally {
			restore(outer, logged);
		}
	}

	private void restore(@Nullable Scope outer, @Nullable String logged) {
		if (outer != null) {
			this.current.set(outer);
		}
		else {
			this.current.remove();
		}
		if (logged != null) {
			MDC.put(this.key, logged);
		}
		else {
			MDC.remove(this.key);
		}
	}

	// The ids of the message are the same in each of its tries.
	private static String ofMessage(Message<?> message) {
		for (String header : INBOUND_HEADERS) {
			String id = id(message.getHeaders().get(header));
			if (id != null) {
				return id;
			}
		}
		return UUID.randomUUID().toString();
	}

	// An id goes into log lines and further messages, and anybody may have sent it.
	private static @Nullable String id(@Nullable Object value) {
		Predicate<String> safe = (text) -> text.chars().allMatch((c) -> c > ' ' && c < 0x7F);
		return (value instanceof String text && !text.isEmpty() && text.length() <= LONGEST && safe.test(text)) ? text
				: null;
	}

	/**
	 * What the thread is busy with.
	 *
	 * @param id the correlation id
	 * @param direction whether it processes or publishes
	 * @param isMixed whether it processes messages with different ids at once
	 */
	private record Scope(String id, Direction direction, boolean isMixed) {

		Scope(String id, Direction direction) {
			this(id, direction, false);
		}

	}

}
