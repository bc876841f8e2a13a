package org.activemessaging.broker.rabbitmq;

import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Leaves it to the users of a connection to say that it is lost.
 */
final class QuietExceptionHandler extends ForgivingExceptionHandler {

	private static final Log logger = LogFactory.getLog(QuietExceptionHandler.class);

	@Override
	protected void log(String message, Throwable failure) {
		logger.debug(message, failure);
	}

}
