package org.activemessaging.samples.broker;

import org.apache.activemq.broker.BrokerFactory;
import org.apache.activemq.broker.BrokerService;

/**
 * An ActiveMQ broker as a program. Its argument is an {@code activemq.xml} on the class
 * path.
 */
final class ActiveMqMain {

	private ActiveMqMain() {
	}

	public static void main(String[] arguments) throws Exception {
		Parent.endWithIt();
		BrokerService broker = BrokerFactory.createBroker("xbean:" + arguments[0]);
		broker.start();
		broker.waitUntilStopped();
	}

}
