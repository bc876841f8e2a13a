package org.activemessaging.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.autoconfigure.MessagingProperties.ProcessorProperties;
import org.activemessaging.broker.Broker;
import org.activemessaging.broker.DurableSubscription;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.activemessaging.processor.ProcessorDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The durable subscriptions of processors of plain topics.
 */
final class SubscriptionSettings {

	private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._:-]+");

	private final Map<ClientId, ProcessorDefinition> owners = new HashMap<>();

	/**
	 * Returns the durable subscription of a processor.
	 * @param processor the processor
	 * @param own its properties
	 * @param prefix the beginning of their names
	 * @return the subscription, or {@code null} if it asks for none
	 * @throws MessagingConfigurationException if it asks for one that it cannot have
	 */
	@Nullable DurableSubscription apply(ProcessorDefinition processor, @Nullable ProcessorProperties own, String prefix) {
		String where = "The property '" + prefix + ".subscription'";
		String name = (own != null) ? own.subscription() : null;
		if (name == null) {
			where = "The attribute 'subscription' of @SubscribesTo of " + processor.method().describe();
			name = processor.subscription();
		}
		String clientId = (own != null) ? own.clientId() : null;
		if (name == null) {
			if (clientId != null) {
				throw new MessagingConfigurationException(
						"The property '" + prefix + ".client-id' is set, but " + processor
								+ " has no durable subscription, for which alone it is.",
						"Remove it, or name the subscription by '" + prefix + ".subscription'.");
			}
			return null;
		}
		check(processor, where, name);
		Broker broker = processor.destination().broker();
		DurableSubscription subscription = new DurableSubscription(
				(clientId != null) ? checked(clientId, prefix) : broker.profile().application() + "." + name, name);
		ProcessorDefinition other = this.owners.putIfAbsent(new ClientId(broker.name(), subscription.clientId()),
				processor);
		if (other != null && other != processor) {
			throw new MessagingConfigurationException(
					"The " + other + " and the " + processor + " both have a durable subscription of client id '"
							+ subscription.clientId() + "' on " + broker + ", which one of them at a time could read.",
					"Give one of them another name, by '" + prefix + ".subscription' or '" + prefix + ".client-id'.");
		}
		return subscription;
	}

	private static void check(ProcessorDefinition processor, String where, String name) {
		NamedDestination destination = processor.destination();
		String what = where + " asks for the durable subscription '" + name + "' of " + processor + ", but ";
		if (!NamedDestination.isGroupName(name)) {
			throw new MessagingConfigurationException(
					what + "that is not a valid name: letters, digits, '-' and '_' are allowed.",
					"Correct " + StringUtils.uncapitalize(where) + ".");
		}
		if (destination.type() != DestinationType.TOPIC) {
			throw new MessagingConfigurationException(
					what + "the destination '" + destination.name() + "' is a " + destination.type().label()
							+ ", which keeps its messages anyway: durable subscriptions are for plain topics.",
					"Remove " + StringUtils.uncapitalize(where) + ", or declare the destination as"
							+ " 'messaging.destination." + destination.name() + ".topic'.");
		}
		if (destination.hasWildcard()) {
			throw new MessagingConfigurationException(
					what + "the destination '" + destination.name() + "' stands for several topics.",
					"Remove " + StringUtils.uncapitalize(where) + ", or declare the destination as"
							+ " 'messaging.destination." + destination.name() + ".virtual-topic'.");
		}
		AdapterChecks.subscription(processor, where);
	}

	private static String checked(String clientId, String prefix) {
		if (!CLIENT_ID.matcher(clientId).matches()) {
			throw new MessagingConfigurationException(
					"The value of '" + prefix + ".client-id' is not possible: letters, digits, '.', '-', '_' and ':'"
							+ " are allowed.",
					"Correct '" + prefix + ".client-id', or remove it: the name of the application and that of the"
							+ " subscription are the default.");
		}
		return clientId;
	}

	/**
	 * What one connection at a time can have.
	 *
	 * @param broker the name of the broker
	 * @param id the client id
	 */
	private record ClientId(String broker, String id) {
	}

}
