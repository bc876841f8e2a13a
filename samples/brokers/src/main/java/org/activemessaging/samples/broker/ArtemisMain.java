package org.activemessaging.samples.broker;

import java.util.concurrent.CountDownLatch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.slf4j.LoggerFactory;

/**
 * An Artemis broker as a program. Its argument is a {@code broker.xml} on the class path.
 */
final class ArtemisMain {

	private ArtemisMain() {
	}

	public static void main(String[] arguments) throws Exception {
		Parent.endWithIt();
		((Logger) LoggerFactory.getLogger("org.apache.activemq.audit")).setLevel(Level.WARN);
		new EmbeddedActiveMQ().setConfigResourcePath(arguments[0]).start();
		// A backup has no thread that keeps the program alive.
		new CountDownLatch(1).await();
	}

}
