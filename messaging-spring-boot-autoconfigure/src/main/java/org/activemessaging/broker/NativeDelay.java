package org.activemessaging.broker;

import java.time.Duration;

/**
 * An adapter of brokers that hold a delayed message back by themselves, in the
 * transaction in which it is sent. A delayed message then waits in its delay queue unseen
 * instead of being held by the mover. Not for brokers whose scheduler stands outside of
 * transactions.
 *
 * @since 0.1.0
 */
public interface NativeDelay {

	/**
	 * Returns for how long a message sent to a queue may be held back.
	 * @param queue the queue
	 * @return the longest delay, zero if this queue holds nothing back
	 */
	Duration longestDelay(Address queue);

}
