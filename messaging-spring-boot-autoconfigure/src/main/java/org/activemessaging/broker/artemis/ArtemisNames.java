package org.activemessaging.broker.artemis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.broker.Address;
import org.jspecify.annotations.Nullable;

/**
 * The names of things on the broker. A group queue has the name that the virtual topics
 * of ActiveMQ give it, from which the address that feeds it can be told.
 */
final class ArtemisNames {

	private static final String VIRTUAL_TOPIC_PREFIX = "VirtualTopic.";

	private static final Pattern VIRTUAL_TOPIC = Pattern.compile("VirtualTopic\\.(.+)");

	private static final Pattern GROUP_QUEUE = Pattern.compile("Consumer\\..+?\\.(VirtualTopic\\..+)");

	private ArtemisNames() {
	}

	static String virtualTopic(String virtualTopic) {
		return VIRTUAL_TOPIC_PREFIX + virtualTopic;
	}

	static String groupQueue(String virtualTopic, String group) {
		return "Consumer." + group + "." + VIRTUAL_TOPIC_PREFIX + virtualTopic;
	}

	static @Nullable String recogniseVirtualTopic(String topic) {
		Matcher matcher = VIRTUAL_TOPIC.matcher(topic);
		return matcher.matches() ? matcher.group(1) : null;
	}

	/**
	 * Returns the topic that feeds a queue.
	 * @param queue the name of a queue
	 * @return the name of the topic, or {@code null} if the queue is not one of a group
	 */
	static @Nullable String topicOf(String queue) {
		Matcher matcher = GROUP_QUEUE.matcher(queue);
		return matcher.matches() ? matcher.group(1) : null;
	}

	/**
	 * Checks that the broker can hold an address.
	 * @param address the address
	 * @throws IllegalArgumentException if it cannot
	 */
	static void check(Address address) {
		String name = address.name();
		for (String reserved : new String[] { "::", "?", "," }) {
			if (name.contains(reserved)) {
				throw new IllegalArgumentException("Artemis reads '" + reserved
						+ "' in a name as more than a name; use letters, digits, '.', '-' and '_'");
			}
		}
		for (String word : name.split("\\.", -1)) {
			if (word.isEmpty() || word.equals("*") || word.equals("#")) {
				throw new IllegalArgumentException(
						"Artemis reads a name word by word, and '" + word + "' is not the name of one");
			}
		}
	}

}
