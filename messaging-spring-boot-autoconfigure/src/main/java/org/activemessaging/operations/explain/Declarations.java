package org.activemessaging.operations.explain;

import org.activemessaging.broker.Address;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.filter.ScopedFilter;
import org.activemessaging.operations.explain.Explanation.Step;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Where what is known of a destination was declared. Each answer names a property, an
 * attribute or a rule, and contains no secret.
 *
 * @since 0.1.0
 */
public interface Declarations {

	/**
	 * Returns why a destination is on its broker.
	 * @param destination the destination
	 * @return the reason
	 */
	String broker(NamedDestination destination);

	/**
	 * Returns what gave a destination its type and its physical name.
	 * @param destination the destination
	 * @return the reason
	 */
	String physicalName(NamedDestination destination);

	/**
	 * Returns what names a dead-letter queue.
	 * @param destination the destination
	 * @param source the queue that messages are given up from
	 * @return the reason
	 */
	String deadLetters(NamedDestination destination, Address source);

	/**
	 * Returns what names the group of a processor.
	 * @param processor a processor that has one
	 * @return the reason
	 */
	String group(ProcessorDefinition processor);

	/**
	 * Returns the expression for the message group that messages are published in.
	 * @param destination the destination
	 * @return the expression, or {@code null} if there is none
	 */
	@Nullable String messageGroup(NamedDestination destination);

	/**
	 * Returns the durable subscription of a processor.
	 * @param processor a processor
	 * @return its name and what names it, or {@code null} if there is none
	 */
	@Nullable Step subscription(ProcessorDefinition processor);

	/**
	 * Returns what says what a filter is for.
	 * @param filter the filter
	 * @param scope the part of it that is asked for
	 * @return the annotation or the property
	 */
	String filterScope(ScopedFilter filter, FilterScope scope);

	/**
	 * A part of what a filter is for, named as the attribute and the property are.
	 */
	enum FilterScope {

		/**
		 * The directions it is called in.
		 */
		DIRECTION,

		/**
		 * The destinations for which alone it is called.
		 */
		ONLY,

		/**
		 * The destinations for which it is not called.
		 */
		EXCEPT

	}

}
