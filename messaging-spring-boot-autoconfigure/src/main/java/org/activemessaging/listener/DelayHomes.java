package org.activemessaging.listener;

import java.util.Objects;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.delay.DelayQueues.Origin;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.processor.ProcessorDefinition;
import org.activemessaging.processor.ProcessorRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Where delayed messages go when they are due: what has failed to the queue of its
 * processor, what was published with a delay to its destination.
 */
final class DelayHomes {

	private final ProcessorRegistry processors;

	private final NamedDestinations destinations;

	DelayHomes(ProcessorRegistry processors, NamedDestinations destinations) {
		this.processors = processors;
		this.destinations = destinations;
	}

	@Nullable Address of(Broker broker, Origin origin) {
		if (origin.group() == null) {
			return this.destinations.all()
				.stream()
				.filter((destination) -> destination.broker() == broker)
				.filter((destination) -> destination.name().equals(origin.destination()))
				.map((destination) -> destination.hasWildcard() ? destination.returnAddress(null, origin.address())
						: destination.publishAddress())
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
		}
		return this.processors.all()
			.stream()
			.filter((processor) -> isOf(processor, broker, origin))
			.map((processor) -> processor.destination().subscribeAddress(processor.group()))
			.filter((address) -> !address.topic())
			.findFirst()
			.orElse(null);
	}

	private static boolean isOf(ProcessorDefinition processor, Broker broker, Origin origin) {
		return processor.destination().broker() == broker && processor.destination().name().equals(origin.destination())
				&& Objects.equals(processor.group(), origin.group());
	}

}
