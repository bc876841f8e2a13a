package org.activemessaging.processor;

import org.activemessaging.destination.NamedDestination;

import org.springframework.messaging.Message;

/**
 * Sends what a method returns to who has asked for it.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Replies {

	/**
	 * Replies to a message, if it says where to.
	 * @param destination the destination that the message came from
	 * @param request the message
	 * @param result what the method has returned
	 * @throws Exception if the reply cannot be made
	 */
	void reply(NamedDestination destination, Message<?> request, Object result) throws Exception;

}
