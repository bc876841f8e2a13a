package org.activemessaging.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.autoconfigure.MessagingProperties.DestinationProperties;
import org.activemessaging.payload.MessageGroupKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads the message groups that destinations are published in.
 */
final class MessageGroups {

	private MessageGroups() {
	}

	static Map<String, MessageGroupKey> of(Map<String, DestinationProperties> destinations) {
		Map<String, MessageGroupKey> keys = new HashMap<>();
		destinations.forEach((name, destination) -> {
			MessageGroupKey key = key("messaging.destination." + name, destination);
			if (key != null) {
				keys.put(name, key);
			}
		});
		return keys;
	}

	private static @Nullable MessageGroupKey key(String prefix, DestinationProperties destination) {
		String expression = destination.messageGroup();
		if (expression == null) {
			return null;
		}
		String property = "'" + prefix + ".message-group'";
		if (destination.headers().containsKey(MessagingHeaders.GROUP)) {
			throw new MessagingConfigurationException("The property " + property + " is set, and '" + prefix
					+ ".headers." + MessagingHeaders.GROUP + "' puts all messages into one message group.",
					"Remove one of the two.");
		}
		try {
			return new MessageGroupKey(expression, property);
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					"The property " + property + " is '" + expression + "', which is wrong: " + ex.getMessage(),
					"Correct " + property + ", for example to 'payload.session' or \"headers['session']\"; it is an"
							+ " expression of Spring's expression language over 'payload' and 'headers'. A message"
							+ " group that is the same for all messages is '" + prefix + ".headers."
							+ MessagingHeaders.GROUP + "'.",
					ex);
		}
	}

}
