package org.activemessaging.publisher;

import java.time.Duration;
import java.util.Set;

import jakarta.jms.Message;
import org.activemessaging.MessagingHeaders;

import org.springframework.jms.support.JmsHeaders;
import org.springframework.messaging.MessageHeaders;

/**
 * The rules for the headers of a message that leaves. Some names are not headers of the
 * message but say how it is sent.
 *
 * @since 0.1.0
 */
public final class OutboundHeaders {

	/**
	 * Whether the broker stores the message: a boolean.
	 */
	public static final String PERSISTENT = "persistent";

	/**
	 * The priority: a number from 0 to 9.
	 */
	public static final String PRIORITY = "priority";

	/**
	 * How long the message is of use: a duration, or a number of milliseconds.
	 */
	public static final String TIME_TO_LIVE = "time-to-live";

	/**
	 * How long the message is held back: a duration, or a number of milliseconds.
	 */
	public static final String DELAY = "delay";

	/**
	 * The correlation id: a text.
	 */
	public static final String CORRELATION_ID = "correlation-id";

	/**
	 * Where a reply is to go: an {@link org.activemessaging.broker.Address}. Set by the
	 * library only.
	 */
	public static final String REPLY_TO = "reply-to";

	private static final Set<String> SENDING = Set.of(PERSISTENT, PRIORITY, TIME_TO_LIVE, DELAY, CORRELATION_ID);

	// What the filters of this library add to a message.
	private static final Set<String> OF_FILTERS = Set.of(MessagingHeaders.UNTRACED, MessagingHeaders.CLAIM,
			MessagingHeaders.TEXT);

	// Set by the broker or its client for each delivery.
	private static final Set<String> OF_A_DELIVERY = Set.of(MessageHeaders.ID, MessageHeaders.TIMESTAMP,
			"JMSXDeliveryCount", "JMSXUserID", "JMSXAppID", "JMSXProducerTXID", "JMSXConsumerTXID", "JMSXRcvTimestamp",
			"JMSXState");

	private static final int LONGEST_FIELD = 10_000;

	private static final String GROUP_SEQUENCE = "JMSXGroupSeq";

	private static final String VENDOR_PREFIX = "JMS_";

	private static final Set<Class<?>> TYPES = Set.of(String.class, Boolean.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class);

	private OutboundHeaders() {
	}

	/**
	 * Checks a header and how it is sent.
	 * @param name its name
	 * @param value its value
	 * @throws IllegalArgumentException if it cannot be sent; the message names the header
	 */
	public static void check(String name, Object value) {
		switch (name) {
			case PERSISTENT -> persistent(value);
			case PRIORITY -> priority(value);
			case TIME_TO_LIVE -> timeToLive(value);
			case DELAY -> delay(value);
			case CORRELATION_ID -> checkField(name, value.toString());
			default -> checkHeader(name, value);
		}
	}

	/**
	 * Checks a header that nobody has asked for, which goes with each message: it must
	 * not change what is said about a message.
	 * @param name its name
	 * @param value its value
	 * @throws IllegalArgumentException if it cannot be sent; the message names the header
	 */
	public static void checkAdded(String name, String value) {
		checkHeader(name, value);
		if (isSending(name) || isOfDelivery(name) || name.startsWith("JMS")) {
			throw new IllegalArgumentException("The header name '" + name + "' has a meaning of its own");
		}
	}

	/**
	 * Checks a header of a message that has passed the filters.
	 * @param name its name
	 * @param value its value
	 * @throws IllegalArgumentException if it cannot be sent; the message names the header
	 */
	public static void checkFiltered(String name, Object value) {
		if (!OF_FILTERS.contains(name)) {
			check(name, value);
		}
	}

	/**
	 * Tells whether a name says how a message is sent, instead of being a header of it.
	 * @param name the name
	 * @return whether it does
	 */
	public static boolean isSending(String name) {
		return SENDING.contains(name);
	}

	/**
	 * Tells whether a header belongs to one delivery of a message, so that it is left
	 * behind when the headers of a received message are used for another.
	 * @param name its name
	 * @return whether it does
	 */
	public static boolean isOfDelivery(String name) {
		return OF_A_DELIVERY.contains(name) || name.startsWith(JmsHeaders.PREFIX)
				|| name.startsWith(MessagingHeaders.PREFIX);
	}

	static boolean persistent(Object value) {
		if (value instanceof Boolean persistent) {
			return persistent;
		}
		throw invalid(PERSISTENT, value, "true or false is allowed");
	}

	static int priority(Object value) {
		if (value instanceof Number number && number.intValue() >= 0 && number.intValue() <= 9) {
			return number.intValue();
		}
		throw invalid(PRIORITY, value, "a number from 0 to 9 is allowed");
	}

	static long delay(Object value) {
		return millis(DELAY, value);
	}

	private static long millis(String name, Object value) {
		long millis = (value instanceof Duration duration) ? duration.toMillis()
				: (value instanceof Number number) ? number.longValue() : -1;
		if (millis < 0) {
			throw invalid(name, value, "a duration that is not negative is allowed");
		}
		return millis;
	}

	static long timeToLive(Object value) {
		long millis = millis(TIME_TO_LIVE, value);
		boolean rounded = millis == 0 && value instanceof Duration duration && !duration.isZero();
		return rounded ? 1 : (millis == 0) ? Message.DEFAULT_TIME_TO_LIVE : millis;
	}

	private static void checkHeader(String name, Object value) {
		if (!isIdentifier(name)) {
			throw new IllegalArgumentException("The header name '" + name.replaceAll("\\p{Cntrl}", "?")
					+ "' is not valid: letters, digits, '_' and '$' are allowed, and a digit not at its beginning");
		}
		if (name.startsWith(MessagingHeaders.PREFIX) && !name.equals(MessagingHeaders.ID)) {
			throw new IllegalArgumentException(
					"The header name '" + name + "' begins with '" + MessagingHeaders.PREFIX + "', which is reserved");
		}
		if (name.equals(MessageHeaders.ID) || name.equals(MessageHeaders.TIMESTAMP)) {
			throw new IllegalArgumentException("The header name '" + name
					+ "' is reserved by Spring, which gives each message object one of its own");
		}
		if (name.startsWith("JMS") && !name.startsWith(VENDOR_PREFIX)) {
			checkReserved(name, value);
		}
		if (!TYPES.contains(value.getClass())) {
			throw new IllegalArgumentException("The header '" + name + "' has a value of type "
					+ value.getClass().getName() + "; a string, a boolean or a number is allowed");
		}
		if (value instanceof String text) {
			if (name.equals(MessagingHeaders.GROUP)) {
				checkField(name, text);
			}
			else {
				checkText(name, text);
			}
		}
	}

	// Fields of a message are shorter than headers may be: 32,767 bytes on ActiveMQ.
	private static void checkField(String name, String text) {
		if (text.length() > LONGEST_FIELD) {
			throw new IllegalArgumentException("The value of '" + name + "' is " + text.length() + " characters long; "
					+ LONGEST_FIELD + " are allowed");
		}
		checkText(name, text);
	}

	// Clients take such a name for a field of the message: its priority, its address.
	private static void checkReserved(String name, Object value) {
		boolean allowed = switch (name) {
			case MessagingHeaders.GROUP -> value instanceof String;
			case GROUP_SEQUENCE -> value instanceof Integer;
			default -> false;
		};
		if (!allowed) {
			throw new IllegalArgumentException("The header '" + name + "' is reserved by Jakarta Messaging; of the"
					+ " names that begin with 'JMS', 'JMSXGroupID' with a string and 'JMSXGroupSeq' with an integer"
					+ " are allowed, and those of vendors, which begin with 'JMS_'");
		}
	}

	private static boolean isIdentifier(String name) {
		if (name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0))) {
			return false;
		}
		for (int i = 1; i < name.length(); i++) {
			if (!Character.isJavaIdentifierPart(name.charAt(i)) || Character.isISOControl(name.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	// A newline in a header ends it for consumers of other protocols, and what follows
	// becomes a header of its own.
	private static void checkText(String name, String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isISOControl(text.charAt(i))) {
				throw new IllegalArgumentException(
						"The header '" + name + "' has a control character in its value, at position " + i);
			}
			// ActiveMQ's client delivers such a character as several others.
			if (Character.isSurrogate(text.charAt(i))) {
				throw new IllegalArgumentException("The header '" + name + "' has a character beyond U+FFFF in its"
						+ " value, at position " + i + ", which does not arrive as it is; encode the value");
			}
		}
	}

	private static IllegalArgumentException invalid(String name, Object value, String allowed) {
		return new IllegalArgumentException("The value of '" + name + "' is '"
				+ value.toString().replaceAll("\\p{Cntrl}", "?") + "', but " + allowed);
	}

}
