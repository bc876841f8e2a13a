package org.activemessaging.broker.facade;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that is asked for each message: it calls no listener and, unless it says
 * otherwise, chooses no messages.
 *
 * @since 0.1.0
 */
public interface FacadeConsumer extends MessageConsumer {

	@Override
	default @Nullable String getMessageSelector() throws JMSException {
		return null;
	}

	@Override
	default @Nullable MessageListener getMessageListener() throws JMSException {
		return null;
	}

	@Override
	default void setMessageListener(@Nullable MessageListener listener) throws JMSException {
		throw Unsupported.operation("listeners of a consumer; receive instead");
	}

}
