package org.activemessaging.operations;

import java.util.Map;

/**
 * Knows what waits in the outbox, as it was counted last.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutboxBacklog {

	/**
	 * Returns what waits.
	 * @return views by the name of the broker; none before the first count
	 */
	Map<String, OutboxView> views();

}
