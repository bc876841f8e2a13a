package org.activemessaging.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.jms.JMSException;

/**
 * Tells the numbers of queues.
 *
 * @since 0.1.0
 */
public interface QueueInspector {

	/**
	 * Looks at queues.
	 * @param queues the physical names of the queues
	 * @param limit how long the look at all of them may take; what was not reached is
	 * unknown
	 * @return a sample for each queue
	 * @throws JMSException if the connection is of no more use
	 */
	List<QueueSample> inspect(Collection<String> queues, Duration limit) throws JMSException;

	/**
	 * Tells why numbers of queues are missing.
	 * @return a few words by the name of the number: {@code oldestAge}, {@code inFlight},
	 * {@code consumers}
	 */
	default Map<String, String> gaps() {
		return Map.of();
	}

	/**
	 * Tells what the last look has shown of the broker itself that an operator has to
	 * know, although every number may look well.
	 * @return sentences about the broker, which name what to set and stay the same as
	 * long as their cause does; empty if there is nothing to say
	 */
	default List<String> warnings() {
		return List.of();
	}

	/**
	 * Tells what the last look has shown that may keep messages from being consumed.
	 * @return the conditions that hold now; empty if there are none, or if a broker of
	 * this kind does not tell
	 */
	default List<BrokerCondition> conditions() {
		return List.of();
	}

}
