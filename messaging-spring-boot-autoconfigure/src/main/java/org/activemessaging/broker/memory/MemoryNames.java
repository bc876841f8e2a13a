package org.activemessaging.broker.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.BrokerProfile;
import org.jspecify.annotations.Nullable;

/**
 * The names of brokers, and those of virtual topics, which are ActiveMQ's.
 */
final class MemoryNames {

	static final String SCHEME = "memory";

	private static final String VIRTUAL_TOPIC_PREFIX = "VirtualTopic.";

	private static final Pattern VIRTUAL_TOPIC = Pattern.compile("VirtualTopic\\.(.+)");

	private static final Pattern URL = Pattern.compile("(?i:memory)://([A-Za-z0-9_-][A-Za-z0-9._-]*)/?");

	private MemoryNames() {
	}

	/**
	 * Returns the name of a broker in this JVM.
	 * @throws MessagingConfigurationException if the URL has none
	 */
	static String broker(BrokerProfile profile) {
		Matcher url = URL.matcher(profile.url());
		if (!url.matches()) {
			throw new MessagingConfigurationException(
					"The URL of broker '" + profile.name() + "', " + profile.displayUrl()
							+ ", is not a URL of the adapter 'memory'.",
					"Set 'messaging.broker." + profile.name() + ".url' to 'memory://<name>', where the name consists of"
							+ " letters, digits, '.', '_' and '-'.");
		}
		return url.group(1);
	}

	static String virtualTopic(String virtualTopic) {
		return VIRTUAL_TOPIC_PREFIX + virtualTopic;
	}

	static String groupQueue(String virtualTopic, String group) {
		return "Consumer." + group + "." + virtualTopic(virtualTopic);
	}

	static @Nullable String recogniseVirtualTopic(String topic) {
		Matcher matcher = VIRTUAL_TOPIC.matcher(topic);
		return matcher.matches() ? matcher.group(1) : null;
	}

	static boolean isGroupQueue(String queue, String virtualTopic) {
		String suffix = "." + virtualTopic(virtualTopic);
		int prefix = "Consumer.".length();
		int end = queue.length() - suffix.length();
		return queue.startsWith("Consumer.") && queue.endsWith(suffix) && end > prefix
				&& queue.indexOf('.', prefix) == end;
	}

}
