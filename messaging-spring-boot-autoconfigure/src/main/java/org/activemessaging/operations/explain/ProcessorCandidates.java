package org.activemessaging.operations.explain;

import java.util.List;

import org.activemessaging.operations.explain.Explanation.NotProcessor;

/**
 * Finds classes that have the annotations of a processor and are none.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProcessorCandidates {

	/**
	 * Returns those that would subscribe to a destination, or to nothing.
	 * @param destination the logical name
	 * @return the classes with the reason
	 */
	List<NotProcessor> of(String destination);

}
