package org.activemessaging.broker.rabbitmq;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.rabbitmq.client.ConnectionFactory;
import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;

/**
 * What is special about the queues and connections of a broker.
 *
 * @param classic whether queues are declared as classic ones instead of quorum queues
 * @param maxPriority the number of priorities of a queue, 0 for none
 * @param singleActiveConsumer whether each queue has one consumer at work at a time
 */
record RabbitMqOptions(boolean classic, int maxPriority, boolean singleActiveConsumer) {

	static final String QUEUE_TYPE = "queue-type";

	static final String MAX_PRIORITY = "max-priority";

	static final String SINGLE_ACTIVE_CONSUMER = "single-active-consumer";

	/**
	 * As good as none.
	 */
	static final int DELIVERY_LIMIT = 1_000_000;

	private static final String HEARTBEAT = "heartbeat";

	private static final String CHANNEL_MAX = "channel-max";

	private static final String FRAME_MAX = "frame-max";

	private static final String MAX_MESSAGE_SIZE = "max-inbound-message-size";

	private static final String NAMES = "'" + QUEUE_TYPE + "', '" + MAX_PRIORITY + "', '" + SINGLE_ACTIVE_CONSUMER
			+ "', '" + HEARTBEAT + "', '" + CHANNEL_MAX + "', '" + FRAME_MAX + "' and '" + MAX_MESSAGE_SIZE + "'";

	static RabbitMqOptions of(BrokerProfile profile) {
		return read(profile, new ConnectionFactory());
	}

	/**
	 * Reads the options, and sets those of the client.
	 */
	static RabbitMqOptions read(BrokerProfile profile, ConnectionFactory factory) {
		Map<String, String> options = new LinkedHashMap<>(profile.properties());
		boolean classic = choice(profile, options, QUEUE_TYPE, "quorum", "classic");
		boolean single = choice(profile, options, SINGLE_ACTIVE_CONSUMER, "false", "true");
		int maxPriority = number(profile, options, MAX_PRIORITY, 0, 255, 0);
		if (maxPriority > 0 && !classic) {
			throw invalid(profile, MAX_PRIORITY, "quorum queues have no priorities",
					"Remove it, or set 'messaging.broker." + profile.name() + ".properties." + QUEUE_TYPE
							+ "' to 'classic'.");
		}
		factory.setRequestedHeartbeat(number(profile, options, HEARTBEAT, 1, 3600, 10));
		factory.setRequestedChannelMax(number(profile, options, CHANNEL_MAX, 1, 65_535, 2047));
		factory.setRequestedFrameMax(number(profile, options, FRAME_MAX, 8192, Integer.MAX_VALUE, 131_072));
		factory.setMaxInboundMessageBodySize(
				number(profile, options, MAX_MESSAGE_SIZE, 1, Integer.MAX_VALUE, 128 * 1024 * 1024));
		if (!options.isEmpty()) {
			throw new MessagingConfigurationException(
					"The property 'messaging.broker." + profile.name() + ".properties."
							+ options.keySet().iterator().next() + "' is not an option of the 'rabbitmq' adapter.",
					"Remove it or correct its name; the options are " + NAMES + ".");
		}
		return new RabbitMqOptions(classic, maxPriority, single);
	}

	private static boolean choice(BrokerProfile profile, Map<String, String> options, String name, String no,
			String yes) {
		String value = options.remove(name);
		if (value == null || value.equals(no) || value.equals(yes)) {
			return yes.equals(value);
		}
		throw invalid(profile, name, "'" + no + "' and '" + yes + "' are allowed", "Correct %s.");
	}

	private static int number(BrokerProfile profile, Map<String, String> options, String name, int min, int max,
			int normal) {
		String value = options.remove(name);
		if (value == null) {
			return normal;
		}
		try {
			int number = Integer.parseInt(value.trim());
			if (number >= min && number <= max) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Said below, without the value.
		}
		throw invalid(profile, name, "a number from " + min + " to " + max + " is allowed", "Correct %s.");
	}

	private static MessagingConfigurationException invalid(BrokerProfile profile, String name, String why,
			String action) {
		return new MessagingConfigurationException(
				"The value of 'messaging.broker." + profile.name() + ".properties." + name + "' is not possible: " + why
						+ ".",
				action.replace("%s", "'messaging.broker." + profile.name() + ".properties." + name + "'"));
	}

	/**
	 * Returns the arguments with which a queue is declared.
	 * @param queue the name of the queue
	 */
	Map<String, Object> arguments(String queue) {
		Map<String, Object> arguments = new HashMap<>();
		arguments.put("x-queue-type", this.classic ? "classic" : "quorum");
		if (this.maxPriority > 0) {
			arguments.put("x-max-priority", this.maxPriority);
		}
		if (isSingle(queue)) {
			arguments.put("x-single-active-consumer", true);
		}
		if (!this.classic) {
			// Without a limit, what is given back goes to the end of the queue; by the
			// broker's own limit, it would be dropped.
			arguments.put("x-delivery-limit", DELIVERY_LIMIT);
		}
		return arguments;
	}

	/**
	 * Tells whether a queue has one consumer at work at a time.
	 */
	boolean isSingle(String queue) {
		return this.singleActiveConsumer && !queue.startsWith("DLQ.") && !queue.startsWith("DELAY.");
	}

}
