package org.activemessaging.operations.explain;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a logical name stands for, and why.
 *
 * @param destination the logical name
 * @param steps how the name becomes an address, step by step
 * @param queues where its messages are consumed
 * @param filters the filters of messages that are published, the first one first
 * @param processors the processors that subscribe to it
 * @param notProcessors classes that look like processors of it and are none
 * @since 0.1.0
 */
public record Explanation(String destination, List<Step> steps, List<ConsumedQueue> queues, List<FilterStep> filters,
		List<Subscriber> processors, List<NotProcessor> notProcessors) {

	/**
	 * A step on the way.
	 *
	 * @param what what was decided
	 * @param value the decision
	 * @param because the property or the rule it comes from
	 */
	public record Step(String what, String value, String because) {
	}

	/**
	 * A queue, or a plain topic, that messages are consumed from.
	 *
	 * @param name its name on the broker
	 * @param group the group, for a virtual topic
	 * @param because why it is known here
	 * @param deadLetters where given-up messages go
	 * @param deadLettersBecause the property or the rule that says so
	 */
	public record ConsumedQueue(String name, @Nullable String group, String because, String deadLetters,
			String deadLettersBecause) {
	}

	/**
	 * A filter.
	 *
	 * @param name the name of its bean
	 * @param called whether it is called
	 * @param because why, or why not
	 */
	public record FilterStep(String name, boolean called, String because) {
	}

	/**
	 * A processor.
	 *
	 * @param id its id
	 * @param method the method that is called
	 * @param group the group, for a virtual topic
	 * @param groupBecause the property or the attribute that names the group
	 * @param subscription the durable subscription of a plain topic
	 * @param subscriptionBecause the property or the attribute that names it
	 * @param here whether this deployment runs it
	 * @param because why, or why not
	 * @param filters the filters of its messages, the first one first
	 */
	public record Subscriber(String id, String method, @Nullable String group, @Nullable String groupBecause,
			@Nullable String subscription, @Nullable String subscriptionBecause, boolean here, String because,
			List<FilterStep> filters) {
	}

	/**
	 * A class that has the annotations of a processor and is none.
	 *
	 * @param type its name
	 * @param because why not
	 */
	public record NotProcessor(String type, String because) {
	}

}
