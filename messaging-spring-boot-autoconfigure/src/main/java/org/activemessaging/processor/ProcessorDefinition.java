package org.activemessaging.processor;

import java.util.List;

import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * A processor as its annotations say it, one for each subscription.
 *
 * @param id the stable id
 * @param destination the destination it subscribes to
 * @param group the consumer group, for a virtual topic
 * @param selector the message selector, or {@code null} for none
 * @param subscription the durable subscription of a plain topic, or {@code null} for none
 * @param concurrency the concurrency, or {@code null} for the default
 * @param acknowledge how messages are acknowledged, or {@code null} for the default
 * @param autoStartup whether to start with the application, or {@code null} for the
 * default
 * @param rate how many messages are taken in a time, or {@code null} for the default
 * @param clusterConcurrency how many messages are in work in all instances, or
 * {@code null} for any number
 * @param idempotent whether a message takes effect once, or {@code null} for the default
 * @param rules the rules of redelivery, in the order they are asked
 * @param method what is called
 * @since 0.1.0
 */
public record ProcessorDefinition(String id, NamedDestination destination, @Nullable String group,
		@Nullable String selector, @Nullable String subscription, @Nullable String concurrency,
		@Nullable String acknowledge, @Nullable Boolean autoStartup, @Nullable String rate,
		@Nullable String clusterConcurrency, @Nullable Boolean idempotent, List<DeclaredRule> rules,
		ProcessorMethod method) {

	@Override
	public String toString() {
		return "processor '" + this.id + "'";
	}

}
