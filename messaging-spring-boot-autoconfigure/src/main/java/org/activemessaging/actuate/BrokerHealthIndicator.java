package org.activemessaging.actuate;

import java.util.Map;
import java.util.TreeMap;

import org.activemessaging.operations.BrokerStatus;
import org.activemessaging.operations.BrokerView;
import org.activemessaging.operations.DestinationView;
import org.activemessaging.operations.MessagingOperations;
import org.activemessaging.operations.ProcessorView;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} of one broker: whether it answers, and whether the listeners on
 * it have their connection. Looks at what is known and never waits for the broker. A
 * processor that was stopped or paused is not a failure.
 *
 * @since 0.1.0
 */
public final class BrokerHealthIndicator extends AbstractHealthIndicator {

	private final String broker;

	private final MessagingOperations operations;

	/**
	 * Creates an indicator.
	 * @param broker the name of the broker
	 * @param operations what knows about it
	 */
	public BrokerHealthIndicator(String broker, MessagingOperations operations) {
		this.broker = broker;
		this.operations = operations;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		BrokerView view = this.operations.brokers().get(this.broker);
		if (view == null) {
			builder.unknown();
			return;
		}
		Map<String, String> listeners = listeners();
		builder.withDetail("adapter", view.adapter())
			.withDetail("url", view.url())
			.withDetail("since", view.since())
			.withDetail("listeners", listeners);
		if (view.reason() != null) {
			builder.withDetail("reason", view.reason());
		}
		if (view.status() == BrokerStatus.DOWN || view.status() == BrokerStatus.UP && isBroken(listeners)) {
			builder.down();
		}
		else if (view.status() == BrokerStatus.UNKNOWN) {
			builder.unknown();
		}
		else {
			builder.up();
		}
	}

	private static boolean isBroken(Map<String, String> listeners) {
		return listeners.containsValue("RECOVERING") || listeners.containsValue("FAILED");
	}

	private Map<String, String> listeners() {
		Map<String, DestinationView> destinations = this.operations.destinations();
		Map<String, String> states = new TreeMap<>();
		this.operations.processors().forEach((id, processor) -> {
			if (isHere(processor, destinations)) {
				states.put(id, processor.state());
			}
		});
		return states;
	}

	private boolean isHere(ProcessorView processor, Map<String, DestinationView> destinations) {
		DestinationView destination = destinations.get(processor.destination());
		return destination != null && destination.broker().equals(this.broker);
	}

}
