package org.activemessaging.broker.artemis;

import java.util.EnumSet;
import java.util.Set;

import jakarta.jms.JMSException;
import jakarta.jms.ResourceAllocationException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ActiveMQInterruptedException;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.jspecify.annotations.Nullable;

/**
 * What the exceptions of the client mean.
 */
final class ArtemisErrors {

	private static final Set<ActiveMQExceptionType> LOST = EnumSet.of(ActiveMQExceptionType.NOT_CONNECTED,
			ActiveMQExceptionType.CONNECTION_TIMEDOUT, ActiveMQExceptionType.DISCONNECTED,
			ActiveMQExceptionType.REMOTE_DISCONNECT, ActiveMQExceptionType.UNBLOCKED,
			ActiveMQExceptionType.OBJECT_CLOSED, ActiveMQExceptionType.SESSION_CREATION_REJECTED,
			ActiveMQExceptionType.TRANSACTION_OUTCOME_UNKNOWN, ActiveMQExceptionType.SHUTDOWN_ERROR);

	private static final Set<ActiveMQExceptionType> REFUSED = EnumSet.of(ActiveMQExceptionType.ADDRESS_FULL,
			ActiveMQExceptionType.ADDRESS_DOES_NOT_EXIST, ActiveMQExceptionType.QUEUE_DOES_NOT_EXIST,
			ActiveMQExceptionType.SECURITY_EXCEPTION, ActiveMQExceptionType.UNEXPECTED_ROUTING_TYPE_FOR_ADDRESS);

	private ArtemisErrors() {
	}

	static boolean isLost(JMSException failure) {
		return is(failure, LOST);
	}

	static boolean isRefusal(JMSException failure) {
		return is(failure, REFUSED);
	}

	private static boolean is(JMSException failure, Set<ActiveMQExceptionType> types) {
		ActiveMQException cause = cause(failure);
		return cause != null && types.contains(cause.getType());
	}

	private static @Nullable ActiveMQException cause(Throwable failure) {
		Throwable cause = failure;
		while (cause != null) {
			if (cause instanceof ActiveMQException artemis) {
				return artemis;
			}
			cause = cause.getCause();
		}
		return null;
	}

	/**
	 * Makes an exception of Jakarta Messaging from one of the client's core.
	 */
	static JMSException of(ActiveMQException failure) {
		return (failure.getType() == ActiveMQExceptionType.ADDRESS_FULL) ? full(failure.getMessage(), failure)
				: JMSExceptionHelper.convertFromActiveMQException(failure);
	}

	static JMSException of(ActiveMQInterruptedException failure) {
		return JMSExceptionHelper.convertFromActiveMQException(failure);
	}

	/**
	 * Says what the client leaves open: that an address is full.
	 */
	static JMSException of(JMSException failure) {
		ActiveMQException cause = cause(failure);
		return (cause != null && cause.getType() == ActiveMQExceptionType.ADDRESS_FULL)
				? full(failure.getMessage(), failure) : failure;
	}

	static JMSException full(@Nullable String message, Throwable cause) {
		ResourceAllocationException full = new ResourceAllocationException(message);
		full.initCause(cause);
		return full;
	}

}
