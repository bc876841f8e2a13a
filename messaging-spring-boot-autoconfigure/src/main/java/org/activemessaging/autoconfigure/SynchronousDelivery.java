package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.PublishException;
import org.activemessaging.broker.memory.MemoryAdapter;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.filter.FilterChain;
import org.activemessaging.filter.MessageFilters;
import org.activemessaging.filter.Routing;
import org.activemessaging.listener.ErrorHandling;
import org.activemessaging.listener.ObservedMessage;
import org.activemessaging.listener.ProcessObserver;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorGroups;
import org.activemessaging.processor.ProcessorRegistry;
import org.activemessaging.publisher.Outbox;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Takes messages to brokers in memory whose delivery is synchronous, and has them
 * processed by the thread that publishes: without a queue, so without redelivery and dead
 * letters. What a processor throws is the cause of what the publish throws.
 */
final class SynchronousDelivery implements Outbox {

	private final Map<String, List<FilterChain>> chains = new ConcurrentHashMap<>();

	private final MessageFilters filters;

	private final ProcessorGroups groups;

	private final Supplier<ProcessorRegistry> processors;

	private final ProcessObserver observer;

	/**
	 * Creates it.
	 * @param filters the filters around every message
	 * @param groups which processors run here
	 * @param processors the processors, which may need the publisher themselves
	 * @param observer what accompanies each call of a processor
	 */
	SynchronousDelivery(MessageFilters filters, ProcessorGroups groups, Supplier<ProcessorRegistry> processors,
			ProcessObserver observer) {
		this.filters = filters;
		this.groups = groups;
		this.processors = processors;
		this.observer = observer;
	}

	@Override
	public boolean take(NamedDestination destination, Message<?> message) {
		if (!MemoryAdapter.isSynchronous(destination.broker())) {
			return false;
		}
		if (message.getHeaders().containsKey(MessagingHeaders.DUE_AT)) {
			throw new PublishException(destination.name(), "The message to " + destination
					+ " has a delay, but delivery on broker '" + destination.broker().name() + "' is synchronous",
					null);
		}
		for (FilterChain chain : this.chains.computeIfAbsent(destination.name(), (name) -> chains(destination))) {
			try {
				chain.proceed(message);
			}
			catch (PublishException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new PublishException(destination.name(),
						"A message to " + destination + " was not processed: " + ex.getMessage(), ex);
			}
		}
		return true;
	}

	private List<FilterChain> chains(NamedDestination destination) {
		List<FilterChain> result = new ArrayList<>();
		Set<String> served = new LinkedHashSet<>();
		for (ProcessorDefinition processor : this.processors.get().all()) {
			NamedDestination subscribed = processor.destination();
			boolean meant = subscribed.name().equals(destination.name()) || subscribed.standsFor(destination);
			if (meant && this.groups.runs(processor.id())
					&& (destination.type() == DestinationType.TOPIC || served.add(String.valueOf(processor.group())))) {
				result.add(chain(processor, destination));
			}
		}
		return result;
	}

	private FilterChain chain(ProcessorDefinition processor, NamedDestination destination) {
		if (processor.selector() != null || Boolean.TRUE.equals(processor.idempotent())) {
			throw new MessagingConfigurationException(
					"The " + processor + " chooses messages or is idempotent, which it cannot be on broker '"
							+ processor.destination().broker().name() + "', whose delivery is synchronous.",
					"Remove 'messaging.broker." + processor.destination().broker().name() + ".properties.delivery'.");
		}
		FilterChain chain = this.filters.chain(
				Routing.inbound(processor.destination(), processor.id(), processor.group()),
				ErrorHandling.around(processor, processor.method()::handle));
		if (!processor.destination().hasWildcard()) {
			return (message) -> observed(processor, chain, message);
		}
		return (message) -> observed(processor, chain,
				MessageBuilder.fromMessage(message)
					.setHeader(MessagingHeaders.SOURCE, destination.physicalName())
					.build());
	}

	private void observed(ProcessorDefinition processor, FilterChain chain, Message<?> message) throws Exception {
		try (ProcessObserver.Observed observed = this.observer.begin(processor,
				List.of(ObservedMessage.of(message.getHeaders()::get, null)))) {
			try {
				chain.proceed(message);
			}
			catch (Exception ex) {
				observed.failed(ex);
				throw ex;
			}
		}
	}

}
