package org.activemessaging.publisher;

import java.util.function.Predicate;

import org.activemessaging.broker.Broker;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.NamedDestination;

/**
 * How messages are held back.
 *
 * @param queues where they wait
 * @param brokers on which brokers this application has somebody who brings them back
 * @since 0.1.0
 */
public record Delays(DelayQueues queues, Predicate<Broker> brokers) {

	void check(NamedDestination destination, long dueAt, long timeToLive) {
		Broker broker = destination.broker();
		if (!this.brokers.test(broker)) {
			throw new IllegalArgumentException("The message to " + destination + " has a delay, but nobody would bring"
					+ " it back, as no processor of this application reads from broker '" + broker.name()
					+ "'; set 'messaging.broker." + broker.name() + ".publisher.delayed' to 'true'");
		}
		if (timeToLive > 0 && timeToLive <= dueAt - broker.clock().millis()) {
			throw new IllegalArgumentException("The message to " + destination + " has a time to live of " + timeToLive
					+ " ms and a longer delay, so it would never arrive");
		}
	}

}
