package org.activemessaging.processor;

import java.util.List;
import java.util.Set;

import org.activemessaging.destination.NamedDestination;

/**
 * The processors of the application.
 *
 * @since 0.1.0
 */
public interface ProcessorRegistry {

	/**
	 * Returns all processors, also those that this deployment does not run.
	 * @return the processors, sorted by id
	 * @throws InvalidProcessorException if one of them is wrong
	 */
	List<ProcessorDefinition> all();

	/**
	 * Returns what processors subscribe to, also those that this deployment does not run.
	 * No processor is made for it.
	 * @return the destinations
	 */
	Set<NamedDestination> destinations();

	/**
	 * Returns the groups that are known to consume a virtual topic: those that its
	 * declaration names, and those of the processors.
	 * @param destination the destination
	 * @return the names of the groups, none if it is no virtual topic
	 */
	Set<String> groupsOf(NamedDestination destination);

}
