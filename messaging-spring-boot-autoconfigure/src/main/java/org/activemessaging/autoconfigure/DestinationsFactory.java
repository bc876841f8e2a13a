package org.activemessaging.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.MessagingProperties.DestinationProperties;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Brokers;
import org.activemessaging.broker.UnknownBrokerException;
import org.activemessaging.deadletter.DeadLetterPaths;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.destination.NamedDestinations;
import org.activemessaging.publisher.OutboundHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Makes the destinations from the properties.
 */
final class DestinationsFactory {

	private final Brokers brokers;

	DestinationsFactory(Brokers brokers) {
		this.brokers = brokers;
	}

	NamedDestinations create(Map<String, DestinationProperties> properties) {
		List<NamedDestination> destinations = new ArrayList<>();
		properties.forEach((name, destination) -> destinations.add(destination(name, destination)));
		checkDeadLetterCycles(destinations);
		return NamedDestinations.of(destinations);
	}

	private NamedDestination destination(String name, DestinationProperties properties) {
		Broker broker = broker(name, properties);
		PhysicalName physicalName = PhysicalName.of(name, properties);
		DestinationType type = physicalName.type();
		String value = physicalName.value();
		if (type == DestinationType.TOPIC && broker.adapter().recogniseVirtualTopic(value) != null) {
			type = DestinationType.VIRTUAL_TOPIC;
		}
		String property = property(name, properties, physicalName.type());
		AdapterChecks.type(broker, type, property);
		String virtualTopic = (type == DestinationType.VIRTUAL_TOPIC) ? broker.adapter().recogniseVirtualTopic(value)
				: null;
		if (WildcardChecks.pattern((virtualTopic != null) ? virtualTopic : value, type, property) != null) {
			AdapterChecks.wildcards(broker, property);
		}
		WildcardChecks.none(properties.deadLetterQueue(), "messaging.destination." + name + ".dead-letter-queue");
		if (!properties.groups().isEmpty() && type != DestinationType.VIRTUAL_TOPIC) {
			throw new MessagingConfigurationException(
					"The property 'messaging.destination." + name + ".groups' is set, but the destination is a "
							+ type.label() + ", which has no groups.",
					"Remove it, or declare the destination as 'messaging.destination." + name + ".virtual-topic'.");
		}
		for (String group : properties.groups()) {
			if (!NamedDestination.isGroupName(group)) {
				throw new MessagingConfigurationException(
						"The property 'messaging.destination." + name + ".groups' contains '" + group
								+ "', but letters, digits, '-' and '_' are allowed in the name of a group.",
						"Correct 'messaging.destination." + name + ".groups'.");
			}
		}
		NamedDestination destination = new NamedDestination(name, type, (virtualTopic != null) ? virtualTopic : value,
				broker, properties.groups(), headers(name, properties.headers()), properties.contentType(),
				PhysicalName.deadLetterQueue(name, properties.deadLetterQueue()));
		AdapterChecks.names(destination, property);
		WildcardChecks.circles(destination, property);
		return destination;
	}

	private static String property(String name, DestinationProperties properties, DestinationType type) {
		if (properties.address() != null) {
			return "messaging.destination." + name + ".address";
		}
		return switch (type) {
			case QUEUE -> "messaging.destination." + name + ".queue";
			case TOPIC -> "messaging.destination." + name + ".topic";
			case VIRTUAL_TOPIC -> "messaging.destination." + name + ".virtual-topic";
		};
	}

	private Broker broker(String name, DestinationProperties properties) {
		if (properties.broker() != null) {
			List<String> known = this.brokers.all().stream().map(Broker::name).toList();
			if (!known.contains(properties.broker())) {
				throw new UnknownBrokerException(properties.broker(),
						"the property 'messaging.destination." + name + ".broker'", known);
			}
			return this.brokers.get(properties.broker());
		}
		Broker broker = this.brokers.getDefault();
		if (broker == null) {
			throw new MessagingConfigurationException(
					"The destination '" + name + "' names no broker, and there is no default broker.",
					"Configure a broker under 'messaging.broker', for example 'messaging.broker.default.url=tcp://localhost:61616'.");
		}
		return broker;
	}

	private static Map<String, Object> headers(String destination, Map<String, String> texts) {
		Map<String, Object> headers = new LinkedHashMap<>();
		texts.forEach((name, text) -> {
			try {
				Object value = value(name, text);
				OutboundHeaders.check(name, value);
				headers.put(name, value);
			}
			catch (IllegalArgumentException ex) {
				throw new MessagingConfigurationException(
						"The property 'messaging.destination." + destination + ".headers." + name + "' is wrong: "
								+ ex.getMessage() + ".",
						"Correct 'messaging.destination." + destination + ".headers." + name + "'.", ex);
			}
		});
		return headers;
	}

	private static Object value(String name, String text) {
		return switch (name) {
			case OutboundHeaders.PERSISTENT ->
				(text.equals("true") || text.equals("false")) ? Boolean.valueOf(text) : text;
			case OutboundHeaders.PRIORITY -> text.matches("\\d") ? Integer.valueOf(text) : text;
			case OutboundHeaders.TIME_TO_LIVE, OutboundHeaders.DELAY -> DurationStyle.detectAndParse(text);
			default -> text;
		};
	}

	private static void checkDeadLetterCycles(List<NamedDestination> destinations) {
		DeadLetterPaths paths = new DeadLetterPaths();
		for (NamedDestination destination : destinations) {
			knownSources(destination).forEach((source) -> paths.add(destination, source));
		}
		paths.check();
	}

	private static List<Address> knownSources(NamedDestination destination) {
		return switch (destination.type()) {
			case QUEUE -> List.of(destination.publishAddress());
			case TOPIC -> List.of();
			case VIRTUAL_TOPIC -> destination.groups().stream().map(destination::subscribeAddress).toList();
		};
	}

	/**
	 * What a destination is called on its broker.
	 *
	 * @param type what it is
	 * @param value its name
	 */
	private record PhysicalName(DestinationType type, String value) {

		private static final Pattern QUEUE = Pattern.compile("(?:/queue/|queue://)(.+)");

		private static final Pattern TOPIC = Pattern.compile("(?:/topic/|topic://)(.+)");

		static PhysicalName of(String name, DestinationProperties properties) {
			List<PhysicalName> names = new ArrayList<>();
			add(names, DestinationType.QUEUE, properties.queue(), "messaging.destination." + name + ".queue");
			add(names, DestinationType.TOPIC, properties.topic(), "messaging.destination." + name + ".topic");
			add(names, DestinationType.VIRTUAL_TOPIC, properties.virtualTopic(),
					"messaging.destination." + name + ".virtual-topic");
			if (properties.address() != null) {
				names.add(parse(name, properties.address()));
			}
			if (names.size() != 1) {
				throw new MessagingConfigurationException(
						"The destination '" + name + "' must have exactly one of 'queue', 'topic', 'virtual-topic' and"
								+ " 'address', but it has " + names.size() + ".",
						"Set for example 'messaging.destination." + name + ".queue' to the name of a queue.");
			}
			return names.get(0);
		}

		private static void add(List<PhysicalName> names, DestinationType type, @Nullable String value,
				String property) {
			if (value == null) {
				return;
			}
			boolean queue = type == DestinationType.QUEUE;
			if ((queue ? TOPIC : QUEUE).matcher(value).matches() || value.isBlank()) {
				throw new MessagingConfigurationException("The property '" + property + "' is '" + value
						+ "', which is not the name of a " + type.label() + ".", "Correct '" + property + "'.");
			}
			names.add(new PhysicalName(type, (queue ? QUEUE : TOPIC).matcher(value).replaceFirst("$1")));
		}

		static @Nullable String deadLetterQueue(String name, @Nullable String value) {
			if (value == null) {
				return null;
			}
			List<PhysicalName> names = new ArrayList<>();
			add(names, DestinationType.QUEUE, value, "messaging.destination." + name + ".dead-letter-queue");
			return names.get(0).value();
		}

		private static PhysicalName parse(String name, String address) {
			if (QUEUE.matcher(address).matches()) {
				return new PhysicalName(DestinationType.QUEUE, QUEUE.matcher(address).replaceFirst("$1"));
			}
			if (TOPIC.matcher(address).matches()) {
				return new PhysicalName(DestinationType.TOPIC, TOPIC.matcher(address).replaceFirst("$1"));
			}
			throw new MessagingConfigurationException(
					"The property 'messaging.destination." + name + ".address' is '" + address
							+ "', but it must begin with '/queue/' or '/topic/'.",
					"Correct 'messaging.destination." + name + ".address', or use 'messaging.destination." + name
							+ ".queue'.");
		}

	}

}
