package org.activemessaging.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What goes wrong with an observation is said once, and never keeps a message from being
 * published or processed.
 */
final class Trouble {

	private static final Log logger = LogFactory.getLog(Trouble.class);

	private final AtomicBoolean said = new AtomicBoolean();

	void say(String what, RuntimeException failure) {
		if (this.said.compareAndSet(false, true)) {
			logger.warn(what + ", which is not said again: " + failure);
		}
		logger.debug(what, failure);
	}

}
