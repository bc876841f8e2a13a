package org.activemessaging.test;

import org.activemessaging.broker.memory.MemoryAdapter;
import org.activemessaging.filter.Direction;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilter;
import org.activemessaging.filter.Routing;

import org.springframework.core.Ordered;
import org.springframework.messaging.Message;

/**
 * Notes which messages a processor has handled; and what was published where there is no
 * queue that could tell.
 *
 * @param journal what it is noted in
 */
record JournalFilter(Journal journal) implements MessageFilter, Ordered {

	@Override
	public void filter(Message<?> message, Routing routing, FilterChain chain) throws Exception {
		if (routing.direction() == Direction.INBOUND) {
			chain.proceed(message);
			this.journal.processed(String.valueOf(routing.processor()), message);
			return;
		}
		if (MemoryAdapter.isSynchronous(routing.destination().broker())) {
			this.journal.published(routing.destination().name(), message);
		}
		chain.proceed(message);
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
