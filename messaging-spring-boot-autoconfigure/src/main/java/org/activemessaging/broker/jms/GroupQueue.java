package org.activemessaging.broker.jms;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;

/**
 * The name that the queue of a group has on the broker. Everywhere else it has the same
 * name as with every adapter.
 *
 * @param pattern the name with <code>{group}</code> and <code>{topic}</code> in it
 */
record GroupQueue(String pattern) {

	private static final Pattern LOGICAL = Pattern.compile("Consumer\\.([A-Za-z0-9_-]+)\\.VirtualTopic\\.(.+)");

	static GroupQueue of(String broker, String pattern) {
		String property = "messaging.broker." + broker + ".jms.group-queue";
		String example = "'Consumer.{group}.VirtualTopic.{topic}'";
		String rest = pattern.replace("{group}", "").replace("{topic}", "");
		if (!pattern.contains("{group}") || !pattern.contains("{topic}") || rest.matches(".*[{}\\s].*")) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + pattern
							+ "', but it must contain '{group}' and '{topic}', and nothing else in braces.",
					"Correct '" + property + "', for example to " + example + ".");
		}
		if (pattern.contains("::")) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + pattern
							+ "', but what is sent to an address with '::' does not go to that queue alone.",
					"Name a plain queue, for example " + example
							+ ", and have the broker copy each message of the topic to it.");
		}
		return new GroupQueue(pattern);
	}

	/**
	 * Returns the name on the broker.
	 * @param queue the name of any queue
	 * @return the name that the broker knows it by
	 */
	String onBroker(String queue) {
		Matcher matcher = LOGICAL.matcher(queue);
		return matcher.matches()
				? this.pattern.replace("{group}", matcher.group(1)).replace("{topic}", matcher.group(2)) : queue;
	}

}
