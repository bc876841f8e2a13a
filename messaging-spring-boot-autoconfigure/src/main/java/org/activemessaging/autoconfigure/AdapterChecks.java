package org.activemessaging.autoconfigure;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.Address;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.Capability;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.broker.Support;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.listener.AcknowledgeMode;
import org.activemessaging.permit.Permits;
import org.activemessaging.processor.ProcessorDefinition;

/**
 * Refuses at start what an application asks for and the adapter of its broker cannot do.
 */
final class AdapterChecks {

	private AdapterChecks() {
	}

	/**
	 * Checks that a broker has destinations of a type.
	 * @param broker the broker
	 * @param type the type
	 * @param property the property that asks for it
	 */
	static void type(Broker broker, DestinationType type, String property) {
		Capability capability = switch (type) {
			case QUEUE -> null;
			case TOPIC -> Capability.TOPICS;
			case VIRTUAL_TOPIC -> Capability.VIRTUAL_TOPICS;
		};
		if (capability != null) {
			require(broker, capability, "The property '" + property + "' asks for a " + type.label(),
					"Use 'queue' or another type that the broker has instead of '" + property
							+ "', or another broker.");
		}
	}

	/**
	 * Checks that a broker can hand out the messages of all places that match a pattern.
	 * @param broker the broker
	 * @param property the property that asks for it
	 */
	static void wildcards(Broker broker, String property) {
		require(broker, Capability.WILDCARDS, "The property '" + property + "' has a wildcard",
				"Declare each destination that is meant, or use another broker.");
	}

	/**
	 * Checks the names of a destination.
	 * @param destination the destination
	 * @param property the property that names it
	 */
	static void names(NamedDestination destination, String property) {
		String prefix = "messaging.destination." + destination.name();
		address(destination.broker(), destination.publishAddress(), property);
		if (destination.type() == DestinationType.QUEUE) {
			deadLetters(destination, destination.publishAddress(), property);
		}
		for (String group : destination.groups()) {
			group(destination, group, prefix + ".groups");
		}
	}

	/**
	 * Checks what a processor asks for.
	 * @param processor the processor
	 * @param mode how its messages are acknowledged
	 * @param origin what says so
	 */
	static void processor(ProcessorDefinition processor, AcknowledgeMode mode, String origin) {
		NamedDestination destination = processor.destination();
		String method = processor.method().describe();
		if (processor.selector() != null) {
			require(destination.broker(), Capability.SELECTORS,
					"The attribute 'selector' of @SubscribesTo of " + method + " chooses messages",
					"Remove the attribute, or use destinations or a filter instead.");
		}
		if (mode == AcknowledgeMode.CLIENT) {
			require(destination.broker(), Capability.INDIVIDUAL_ACKNOWLEDGE,
					origin + " is 'client', which acknowledges each message on its own",
					"Set 'messaging.processor." + processor.id() + ".acknowledge' to 'transacted'.");
		}
		if (processor.group() != null) {
			group(destination, processor.group(), "group '" + processor.group() + "' of @SubscribesTo of " + method);
		}
	}

	/**
	 * Checks that a broker can hold permits.
	 * @param processor the processor
	 * @param permits the permits
	 * @param origin what asks for them
	 */
	static void permits(ProcessorDefinition processor, Permits permits, String origin) {
		require(permits.broker(), Capability.CLUSTER_CONCURRENCY,
				origin + " limits how many messages are in work in all instances",
				"Remove it, and set 'messaging.processor." + processor.id()
						+ ".concurrency' for each instance instead, or use another broker.");
		address(permits.broker(), permits.keeperQueue(), "id of the " + processor);
	}

	/**
	 * Checks that a broker can keep the messages of a topic for a subscription.
	 * @param processor the processor
	 * @param origin what asks for it
	 */
	static void subscription(ProcessorDefinition processor, String origin) {
		require(processor.destination().broker(), Capability.DURABLE_SUBSCRIPTIONS,
				origin + " asks for a durable subscription", "Remove it, and declare the destination as"
						+ " 'messaging.destination." + processor.destination().name() + ".virtual-topic'.");
	}

	private static void group(NamedDestination destination, String group, String origin) {
		Address queue = destination.subscribeAddress(group);
		address(destination.broker(), queue, origin);
		deadLetters(destination, queue, origin);
	}

	private static void deadLetters(NamedDestination destination, Address source, String origin) {
		String own = (destination.deadLetterQueue() != null)
				? "messaging.destination." + destination.name() + ".dead-letter-queue" : origin;
		address(destination.broker(), destination.deadLetterAddress(source), own);
	}

	private static void address(Broker broker, Address address, String origin) {
		try {
			broker.adapter().check(address);
			if (NamePattern.isPattern(address.name())) {
				broker.adapter().checkPattern(broker.profile(), address);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					what(origin) + " asks for the " + address + ", which broker '" + broker.name() + "' (adapter '"
							+ broker.adapter().name() + "') cannot have: " + ex.getMessage() + ".",
					"Correct " + quoted(origin) + ".", ex);
		}
	}

	private static String what(String origin) {
		return origin.startsWith("messaging.") ? "The property '" + origin + "'" : "The " + origin;
	}

	private static String quoted(String origin) {
		return origin.startsWith("messaging.") ? "'" + origin + "'" : "the " + origin;
	}

	private static void require(Broker broker, Capability capability, String demand, String action) {
		Support support = broker.adapter().capabilities(broker.profile()).get(capability);
		if (support == null || !support.available()) {
			String why = (support != null) ? ": " + support.how() : "";
			throw new MessagingConfigurationException(demand + ", but broker '" + broker.name() + "' (adapter '"
					+ broker.adapter().name() + "') has no " + capability.label() + why + ".", action);
		}
	}

}
