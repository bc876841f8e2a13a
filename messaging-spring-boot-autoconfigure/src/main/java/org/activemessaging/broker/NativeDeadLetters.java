package org.activemessaging.broker;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.jspecify.annotations.Nullable;

/**
 * An adapter of brokers that give messages up by themselves, and write down why.
 *
 * @since 0.1.0
 */
public interface NativeDeadLetters {

	/**
	 * Returns the queue from which the broker has taken a message.
	 * @param message a message of a dead-letter queue
	 * @return the name of the queue, or {@code null} if the broker did not write it down
	 * @throws JMSException if the message cannot be read
	 */
	@Nullable String origin(Message message) throws JMSException;

	/**
	 * Returns why the broker gave a message up.
	 * @param message a message of a dead-letter queue
	 * @return its words, or {@code null} if it did not write them down
	 * @throws JMSException if the message cannot be read
	 */
	@Nullable String reason(Message message) throws JMSException;

	/**
	 * Tells whether a broker gave a message up only because it had it already, so that
	 * nothing is lost without it.
	 * @param message a message of a dead-letter queue
	 * @return whether it is a suppressed duplicate
	 * @throws JMSException if the message cannot be read
	 */
	boolean isDuplicate(Message message) throws JMSException;

}
