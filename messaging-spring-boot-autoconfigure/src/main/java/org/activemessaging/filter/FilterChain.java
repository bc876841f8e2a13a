package org.activemessaging.filter;

import org.springframework.messaging.Message;

/**
 * What comes after a filter.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FilterChain {

	/**
	 * Hands the message on to the next filter, or to the processor or the broker at the
	 * end of the chain.
	 * @param message the message, as the following ones should see it
	 * @throws Exception if something further on fails
	 */
	void proceed(Message<?> message) throws Exception;

}
