package org.activemessaging.autoconfigure;

import java.util.List;

import org.activemessaging.MessagingConfigurationException;
import org.activemessaging.broker.NamePattern;
import org.activemessaging.delay.DelayQueues;
import org.activemessaging.destination.DestinationType;
import org.activemessaging.destination.NamedDestination;
import org.jspecify.annotations.Nullable;

/**
 * Refuses at start wildcards that are malformed, or that would let messages go round for
 * ever.
 */
final class WildcardChecks {

	private static final String ALLOWED = "Allowed are words separated by dots, '*' for one word, and '>' at the end"
			+ " for the rest, for example 'Orders.*' or 'Orders.>'. Correct '";

	private WildcardChecks() {
	}

	/**
	 * Reads the physical name of a destination.
	 * @param name the physical name
	 * @param type what it is the name of
	 * @param property the property that names it
	 * @return the pattern, or {@code null} if the name has no wildcard
	 */
	static @Nullable NamePattern pattern(String name, DestinationType type, String property) {
		if (!NamePattern.isPattern(name)) {
			return null;
		}
		NamePattern pattern;
		try {
			pattern = NamePattern.of(name);
		}
		catch (IllegalArgumentException ex) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + name + "', which is no pattern: " + ex.getMessage() + ".",
					ALLOWED + property + "'.", ex);
		}
		if (pattern.isOpenAtTheBeginning() && type != DestinationType.VIRTUAL_TOPIC) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + name
							+ "', which begins with a wildcard: it would also stand for each " + type.label()
							+ " that the broker and this library have for themselves.",
					"Let '" + property + "' begin with a word, for example 'Orders.>'.");
		}
		return pattern;
	}

	/**
	 * Checks that a name for something else has no wildcard.
	 * @param name the name
	 * @param property the property
	 */
	static void none(@Nullable String name, String property) {
		if (name != null && NamePattern.isPattern(name)) {
			throw new MessagingConfigurationException(
					"The property '" + property + "' is '" + name + "', but messages cannot be sent to a pattern.",
					"Name one queue in '" + property + "'.");
		}
	}

	/**
	 * Checks that what a destination gives up or holds back is not a message for it.
	 * @param destination the destination
	 * @param property the property that names it
	 */
	static void circles(NamedDestination destination, String property) {
		NamePattern pattern = destination.pattern();
		if (pattern == null || destination.type() != DestinationType.QUEUE) {
			return;
		}
		String deadLetters = destination.deadLetterAddress(destination.publishAddress()).name();
		for (String queue : List.of(deadLetters, "TRASH." + deadLetters)) {
			if (pattern.matches(queue)) {
				throw circle(destination, property, queue, "goes when it is given up");
			}
		}
		if (pattern.overlaps(NamePattern.of(DelayQueues.PREFIX + ">"))) {
			throw circle(destination, property, DelayQueues.PREFIX + "…", "waits for its next try");
		}
	}

	private static MessagingConfigurationException circle(NamedDestination destination, String property, String queue,
			String when) {
		return new MessagingConfigurationException(
				"The property '" + property + "' is '" + destination.physicalName()
						+ "', which also stands for the queue " + queue + ", where a message " + when
						+ ": it would be processed again at once, for ever.",
				"Let '" + property + "' stand for fewer queues.");
	}

}
