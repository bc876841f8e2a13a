package org.activemessaging.listener;

import org.activemessaging.broker.OutageLog;

/**
 * Says that the broker has refused what a processor published, so that the message it was
 * working on has failed.
 */
final class OutputRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	OutputRefusedException(Exception cause) {
		super("What the processor published was refused by the broker: " + OutageLog.describe(cause), cause);
	}

}
