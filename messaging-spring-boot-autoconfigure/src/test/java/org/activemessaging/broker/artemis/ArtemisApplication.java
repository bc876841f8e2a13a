package org.activemessaging.broker.artemis;

import java.util.Map;
import java.util.TreeMap;

import org.activemessaging.autoconfigure.MessagingAutoConfiguration;
import org.activemessaging.contract.ArtemisUnderTest;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Applications with an Artemis of their own.
 */
final class ArtemisApplication {

	private static final String[] FAST = { "messaging.broker.default.reconnect.initial-delay=100ms",
			"messaging.broker.default.reconnect.max-delay=500ms", "messaging.listener.redelivery.delay=300ms",
			"messaging.listener.redelivery.multiplier=1", "messaging.listener.redelivery.jitter=0",
			"messaging.listener.brake.failures=1000000", "messaging.operations.sample-interval=200ms" };

	private ArtemisApplication() {
	}

	/**
	 * An application of somebody who has the documented rights, with destination
	 * {@code orders} on a queue of that name.
	 */
	static ApplicationContextRunner of(ArtemisUnderTest broker, String queue) {
		return of(broker, broker.properties(), queue);
	}

	static ApplicationContextRunner of(ArtemisUnderTest broker, Map<String, String> credentials, String queue) {
		return withDestination(broker, credentials, "queue=" + queue);
	}

	/**
	 * An application whose destination {@code orders} is a virtual topic.
	 */
	static ApplicationContextRunner ofVirtualTopic(ArtemisUnderTest broker, String name) {
		return withDestination(broker, broker.properties(), "virtual-topic=" + name);
	}

	private static ApplicationContextRunner withDestination(ArtemisUnderTest broker, Map<String, String> credentials,
			String destination) {
		Map<String, String> properties = new TreeMap<>(credentials);
		properties.put("url", broker.url());
		properties.put("adapter", ArtemisAdapter.NAME);
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withPropertyValues(FAST)
			.withPropertyValues(properties.entrySet()
				.stream()
				.map((property) -> "messaging.broker.default." + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new))
			.withPropertyValues("spring.application.name=voyeur", "messaging.destination.orders." + destination);
	}

}
