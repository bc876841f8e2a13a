package org.activemessaging.broker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The names of virtual topics and of the queues of their groups, as ActiveMQ gives them
 * by default. They are the same on every broker that has no reason for others, so that a
 * client in another language finds them where it expects them.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://activemq.apache.org/components/classic/documentation/virtual-destinations">
 * Virtual destinations</a>
 */
public final class VirtualTopicNames {

	private static final String PREFIX = "VirtualTopic.";

	private static final String CONSUMER = "Consumer.";

	private static final Pattern GROUP_QUEUE = Pattern.compile("Consumer\\.[^.]+\\.(VirtualTopic\\..+)");

	private VirtualTopicNames() {
	}

	/**
	 * Returns the topic that a virtual topic is published to.
	 * @param virtualTopic the name of the virtual topic
	 * @return the name of the topic
	 */
	public static String topic(String virtualTopic) {
		return PREFIX + virtualTopic;
	}

	/**
	 * Returns the queue from which a group consumes a virtual topic.
	 * @param virtualTopic the name of the virtual topic
	 * @param group the name of the group
	 * @return the name of the queue
	 */
	public static String groupQueue(String virtualTopic, String group) {
		return CONSUMER + group + "." + topic(virtualTopic);
	}

	/**
	 * Recognises a virtual topic by the name of a topic.
	 * @param topic the name of a topic
	 * @return the name of the virtual topic, or {@code null} if it is a plain one
	 */
	public static @Nullable String recognise(String topic) {
		return topic.startsWith(PREFIX) && topic.length() > PREFIX.length() ? topic.substring(PREFIX.length()) : null;
	}

	/**
	 * Recognises a virtual topic by the queue of one of its groups.
	 * @param queue the name of a queue
	 * @return the name of the virtual topic, or {@code null} if the queue is not one of a
	 * group
	 */
	public static @Nullable String recogniseGroupQueue(String queue) {
		String topic = topicOf(queue);
		return (topic != null) ? recognise(topic) : null;
	}

	/**
	 * Returns the topic that feeds the queue of a group.
	 * @param queue the name of a queue
	 * @return the name of the topic, or {@code null} if the queue is not one of a group
	 */
	public static @Nullable String topicOf(String queue) {
		Matcher matcher = GROUP_QUEUE.matcher(queue);
		return matcher.matches() ? matcher.group(1) : null;
	}

}
