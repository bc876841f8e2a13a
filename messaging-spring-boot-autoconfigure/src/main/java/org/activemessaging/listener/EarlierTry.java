package org.activemessaging.listener;

import jakarta.jms.JMSException;
import org.activemessaging.broker.ConsumerTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A try of a message that was made before its turn: on another thread, or together with
 * others.
 */
@FunctionalInterface
interface EarlierTry {

	/**
	 * Returns what the try has come to, and sends on the session what it wanted to send.
	 * @param session the transaction on the session, whose thread this is
	 * @return what the processor threw, or {@code null} if it succeeded
	 * @throws JMSException if the broker refuses what was published
	 */
	@Nullable Throwable end(ConsumerTransaction session) throws JMSException;

}
