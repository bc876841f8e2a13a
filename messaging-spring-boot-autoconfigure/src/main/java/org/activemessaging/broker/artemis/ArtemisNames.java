package org.activemessaging.broker.artemis;

import org.activemessaging.broker.Address;
import org.activemessaging.broker.NamePattern;

/**
 * The names that things can have on the broker.
 */
final class ArtemisNames {

	private static final String RETURNED = "redelivered";

	private ArtemisNames() {
	}

	/**
	 * Returns the address of a topic on the broker.
	 * @param topic the name of the topic, or the pattern of several
	 */
	static String address(String topic) {
		return NamePattern.isPattern(topic) ? NamePattern.of(topic).translate("*", "#") : topic;
	}

	/**
	 * Returns the address by which the queue of a group is sent to. The broker takes no
	 * message for a pattern, but it takes one for a queue of any address that matches.
	 * @param topic the name of the topic, or the pattern of several
	 */
	static String returnAddress(String topic) {
		return NamePattern.isPattern(topic) ? NamePattern.of(topic).translate(RETURNED, RETURNED) : topic;
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
			if (word.isEmpty() || word.equals("#")) {
				throw new IllegalArgumentException(
						"Artemis reads a name word by word, and '" + word + "' is not the name of one");
			}
		}
	}

}
