package org.activemessaging.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.activemessaging.MessagingHeaders;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.FilterFor;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;

import org.springframework.core.Ordered;
import org.springframework.messaging.Message;

/**
 * What goes wrong on purpose.
 */
final class Injection {

	private final Set<String> failed = ConcurrentHashMap.newKeySet();

	private final boolean duplicatesAtFirst;

	private final boolean firstTryFailsAtFirst;

	private volatile boolean duplicates;

	private volatile boolean firstTryFails;

	Injection(boolean duplicates, boolean firstTryFails) {
		this.duplicatesAtFirst = duplicates;
		this.firstTryFailsAtFirst = firstTryFails;
		reset();
	}

	void reset() {
		this.duplicates = this.duplicatesAtFirst;
		this.firstTryFails = this.firstTryFailsAtFirst;
		this.failed.clear();
	}

	void duplicates(boolean injected) {
		this.duplicates = injected;
	}

	void firstTryFails(boolean injected) {
		this.firstTryFails = injected;
	}

	/**
	 * Sends each message twice, after all other filters: copies have the same id.
	 *
	 * @param injection whether to
	 */
	@FilterFor(direction = Direction.OUTBOUND)
	record Duplicates(Injection injection) implements MessageFilter, Ordered {

		@Override
		public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
			chain.proceed(message);
			if (this.injection.duplicates) {
				chain.proceed(message);
			}
		}

		@Override
		public int getOrder() {
			return LOWEST_PRECEDENCE;
		}

	}

	/**
	 * Fails after the first try of each message, outside of all other filters.
	 *
	 * @param injection whether to
	 */
	@FilterFor(direction = Direction.INBOUND)
	record FirstTry(Injection injection) implements MessageFilter, Ordered {

		@Override
		public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
			chain.proceed(message);
			String processor = String.valueOf(routing.processor());
			String key = processor + " " + message.getHeaders().get(MessagingHeaders.ID);
			if (this.injection.firstTryFails && this.injection.failed.add(key)) {
				throw new InjectedFailureException(processor);
			}
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

	}

}
