package org.activemessaging.operations.doctor;

import java.util.stream.Stream;

/**
 * Looks for one kind of finding.
 */
@FunctionalInterface
interface Examination {

	/**
	 * Examines what is known.
	 * @param situation what was sampled
	 * @return what was found; its time is set by others
	 */
	Stream<Finding> examine(Situation situation);

}
