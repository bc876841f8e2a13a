package org.activemessaging.broker.sqs;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * A message of this adapter: one of Amazon's library, whose properties may also be empty,
 * and may be written again after they were received and cleared.
 */
interface SqsMessage extends Message {

	/**
	 * Returns what Amazon's classes do not hold.
	 * @return the state
	 */
	SqsState state();

	/**
	 * Returns the body as it is sent.
	 * @return the body, empty if there is none
	 * @throws JMSException if it cannot be read
	 */
	String body() throws JMSException;

	/**
	 * Returns the type as Amazon's library names it.
	 * @return the value of its attribute
	 */
	String type();

}
