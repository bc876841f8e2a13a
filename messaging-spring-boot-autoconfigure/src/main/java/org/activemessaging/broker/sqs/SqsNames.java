package org.activemessaging.broker.sqs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queue names: the service allows letters, digits, {@code -} and {@code _}. A name of
 * these is kept. A dot becomes two underscores, so {@code DLQ.Orders} is
 * {@code DLQ__Orders}; any other character, and an underscore that could be taken for
 * part of an encoded one, becomes {@code _x<hex>_}. Every name can be decoded again.
 */
final class SqsNames {

	static final String FIFO = ".fifo";

	static final String DEAD_LETTERS = "DLQ.";

	static final String DELAY = "DELAY.";

	private static final int LONGEST = 80;

	private static final String VIRTUAL_TOPIC = "VirtualTopic.";

	private static final String CONSUMER = ".Consumer.";

	private static final Pattern ENCODED = Pattern.compile("__|_x([0-9a-f]{1,6})_");

	private static final Pattern ENCODED_AHEAD = Pattern.compile("_x[0-9a-f]{1,6}[^A-Za-z0-9-].*", Pattern.DOTALL);

	private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]+");

	private SqsNames() {
	}

	static boolean isFifo(String name) {
		return name.endsWith(FIFO);
	}

	static String encode(String name) {
		String base = isFifo(name) ? name.substring(0, name.length() - FIFO.length()) : name;
		StringBuilder encoded = new StringBuilder(base.length() + 16);
		for (int i = 0; i < base.length(); i++) {
			char character = base.charAt(i);
			if (isPlain(character) || (character == '_' && isClear(base, i))) {
				encoded.append(character);
			}
			else if (character == '.') {
				encoded.append("__");
			}
			else {
				encoded.append("_x").append(Integer.toHexString(character)).append('_');
			}
		}
		return isFifo(name) ? encoded + FIFO : encoded.toString();
	}

	private static boolean isPlain(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '-';
	}

	private static boolean isClear(String base, int i) {
		boolean before = i == 0 || isPlain(base.charAt(i - 1));
		boolean after = i == base.length() - 1 || isPlain(base.charAt(i + 1));
		return before && after && !ENCODED_AHEAD.matcher(base).region(i, base.length()).matches();
	}

	static String decode(String name) {
		String base = isFifo(name) ? name.substring(0, name.length() - FIFO.length()) : name;
		Matcher matcher = ENCODED.matcher(base);
		StringBuilder decoded = new StringBuilder();
		while (matcher.find()) {
			String hex = matcher.group(1);
			String character = (hex == null) ? "." : String.valueOf((char) Integer.parseInt(hex, 16));
			matcher.appendReplacement(decoded, Matcher.quoteReplacement(character));
		}
		matcher.appendTail(decoded);
		return isFifo(name) ? decoded + FIFO : decoded.toString();
	}

	/**
	 * Checks that a queue, and its dead letters, can have a name.
	 * @param queue the name
	 * @throws IllegalArgumentException if they cannot
	 */
	static void check(String queue) {
		if (queue.isEmpty() || queue.equals(FIFO)) {
			throw new IllegalArgumentException("The name of a queue on SQS is empty");
		}
		boolean dead = queue.startsWith(DEAD_LETTERS);
		String longest = encode(dead ? queue : DEAD_LETTERS + queue);
		if (longest.length() > LONGEST) {
			throw new IllegalArgumentException("The queue '" + queue + "' would be '" + encode(queue) + "' on SQS"
					+ (dead ? "" : ", and its dead letters '" + longest + "'") + ", which is longer than the " + LONGEST
					+ " characters that SQS allows; letters, digits, '-' and '_' take one each, a dot two");
		}
	}

	/**
	 * Returns the name of the topic for a virtual topic.
	 */
	static String topic(String virtualTopic) {
		return VIRTUAL_TOPIC + virtualTopic;
	}

	/**
	 * Returns the queue of a group. Its name begins with that of the virtual topic, as
	 * queues are found by how their names begin.
	 */
	static String groupQueue(String virtualTopic, String group) {
		boolean fifo = isFifo(virtualTopic);
		String base = fifo ? virtualTopic.substring(0, virtualTopic.length() - FIFO.length()) : virtualTopic;
		return topic(base) + CONSUMER + group + (fifo ? FIFO : "");
	}

	/**
	 * Returns how the encoded names of all groups of a virtual topic begin.
	 */
	static String groupPrefix(String topic) {
		String base = isFifo(topic) ? topic.substring(0, topic.length() - FIFO.length()) : topic;
		// The trailing letter keeps the dot before the group from being a last character.
		String encoded = encode(base + CONSUMER + "g");
		return encoded.substring(0, encoded.length() - 1);
	}

	static boolean isGroupQueue(String topic, String queue) {
		boolean fifo = isFifo(topic);
		String prefix = (fifo ? topic.substring(0, topic.length() - FIFO.length()) : topic) + CONSUMER;
		if (!queue.startsWith(prefix) || isFifo(queue) != fifo) {
			return false;
		}
		String group = queue.substring(prefix.length(), queue.length() - (fifo ? FIFO.length() : 0));
		return GROUP.matcher(group).matches();
	}

	static String recogniseVirtualTopic(String topic) {
		return topic.startsWith(VIRTUAL_TOPIC) ? topic.substring(VIRTUAL_TOPIC.length()) : "";
	}

}
