package org.activemessaging.broker.facade;

import jakarta.jms.JMSException;

/**
 * Says what a client does not do.
 */
final class Unsupported {

	private Unsupported() {
	}

	static JMSException operation(String what) {
		return new JMSException("This broker's client does not support " + what);
	}

}
