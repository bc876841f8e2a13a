package org.activemessaging.broker.stomp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.broker.Address;
import org.jspecify.annotations.Nullable;

/**
 * Messages to frames and back. All that STOMP knows is text; what it loses goes along in
 * a few headers of ours, which nobody else has to know: the types of values and of the
 * body, and the message group, which ActiveMQ keeps to itself.
 */
final class StompMessages {

	static final String TYPES = MessagingHeaders.PREFIX + "types";

	static final String GROUP = MessagingHeaders.PREFIX + "group";

	static final String TIMESTAMP = MessagingHeaders.PREFIX + "timestamp";

	static final String EXPIRES = MessagingHeaders.PREFIX + "expires";

	/**
	 * What a property is called whose name means something else to a broker.
	 */
	static final String MASK = MessagingHeaders.PREFIX + "property_";

	// Of the protocol and of brokers; each would be obeyed instead of kept.
	private static final Set<String> CONTROL = Set.of("destination", "message-id", "subscription", "ack", "receipt",
			"transaction", "content-length", "redelivered", "persistent", "priority", "expires", "expiration",
			"timestamp", "correlation-id", "reply-to", "type", "original-destination", "original-timestamp",
			"amq-msg-type", "transformation", "browser", "destination-type", "subscription-type", "server", "session",
			"id", "selector", "login", "passcode", "host", "version", "durable", "exclusive", "auto-delete",
			"prefetch-count", "x-queue-name", "message", "receipt-id", "content-encoding", "user-id", "app-id",
			"cluster-id", "amqp-message-id", "JMSType", "JMSXDeliveryCount", "JMSXUserID", TYPES, GROUP, TIMESTAMP,
			EXPIRES);

	private static final Set<String> NUMBERS = Set.of(MessagingHeaders.ATTEMPT, MessagingHeaders.DUE_AT,
			MessagingHeaders.FIRST_FAILURE_AT, MessagingHeaders.LAST_FAILURE_AT, MessagingHeaders.ORIGINAL_TIMESTAMP,
			MessagingHeaders.ORIGINAL_EXPIRATION, MessagingHeaders.DELIVERY_COUNT, MessagingHeaders.SUSPECT);

	private static final String TEXT = "t";

	private static final String BYTES = "b";

	private StompMessages() {
	}

	/**
	 * Makes the frame that sends a message.
	 * @param message the message, whose delivery mode, priority, expiration and timestamp
	 * are set
	 * @param address where to
	 * @param dialect the kind of broker
	 * @param options the options of the connection
	 * @param version the version of the protocol
	 * @throws MessageFormatException if the version cannot carry it
	 */
	static StompFrame frame(StompMessage message, Address address, StompDialect dialect, StompOptions options,
			StompVersion version) throws MessageFormatException {
		Map<String, String> headers = new LinkedHashMap<>();
		dialect.address(headers, address, options);
		// RabbitMQ makes a queue for one consumer only if its first message is not to be
		// stored.
		boolean persistent = message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT
				|| dialect == StompDialect.RABBITMQ;
		headers.put("persistent", String.valueOf(persistent));
		headers.put("priority", String.valueOf(message.getJMSPriority()));
		expiration(headers, message, dialect);
		put(headers, "correlation-id", message.getJMSCorrelationID());
		put(headers, "type", message.getJMSType());
		if (message.getJMSReplyTo() instanceof StompDestination replyTo) {
			Map<String, String> reply = new LinkedHashMap<>();
			dialect.address(reply, replyTo.address(), options);
			put(headers, "reply-to", reply.get("destination"));
		}
		byte[] body = message.content();
		String kind = kind(headers, message.isText(), body, dialect);
		StringJoiner types = new StringJoiner(",", kind + ";", "");
		for (Map.Entry<String, Object> property : message.properties().entrySet()) {
			property(headers, types, property.getKey(), property.getValue());
		}
		headers.put(TYPES, types.toString());
		for (Map.Entry<String, String> header : headers.entrySet()) {
			if (!version.canWrite(header.getKey() + header.getValue())) {
				throw new MessageFormatException("The header '" + header.getKey().replaceAll("\\p{Cntrl}", "?")
						+ "' has a line break, which STOMP " + version + " cannot carry");
			}
		}
		return new StompFrame("SEND", headers, body);
	}

	private static void expiration(Map<String, String> headers, StompMessage message, StompDialect dialect) {
		long expiration = message.getJMSExpiration();
		if (dialect == StompDialect.RABBITMQ) {
			headers.put(TIMESTAMP, String.valueOf(message.getJMSTimestamp()));
			if (expiration > 0) {
				headers.put("expiration", String.valueOf(Math.max(1, expiration - message.getJMSTimestamp())));
				headers.put(EXPIRES, String.valueOf(expiration));
			}
		}
		else if (expiration > 0) {
			headers.put("expires", String.valueOf(expiration));
		}
	}

	// Text that contains a zero is sent as bytes, as brokers send text without its
	// length.
	private static String kind(Map<String, String> headers, boolean text, byte[] body, StompDialect dialect) {
		boolean plain = text && indexOfZero(body) < 0;
		switch (dialect) {
			case ACTIVEMQ -> headers.put("amq-msg-type", plain ? "text" : "bytes");
			case RABBITMQ -> put(headers, "JMSType", plain ? "TextMessage" : null);
			case ARTEMIS -> {
			}
		}
		if (!plain || dialect != StompDialect.ARTEMIS) {
			headers.put("content-length", String.valueOf(body.length));
		}
		return text ? TEXT : BYTES;
	}

	private static int indexOfZero(byte[] body) {
		for (int i = 0; i < body.length; i++) {
			if (body[i] == 0) {
				return i;
			}
		}
		return -1;
	}

	private static void property(Map<String, String> headers, StringJoiner types, String name, Object value) {
		if (name.equals(StompMessage.DELIVERY_COUNT)) {
			return;
		}
		if (name.equals(MessagingHeaders.GROUP)) {
			headers.put(GROUP, value.toString());
		}
		headers.put((CONTROL.contains(name) || name.startsWith(MASK)) ? MASK + name : name, value.toString());
		StompValueType type = StompValueType.of(value);
		if (type != null && type != StompValueType.STRING && name.indexOf(',') < 0 && name.indexOf('=') < 0) {
			types.add(name + "=" + type.code());
		}
	}

	private static void put(Map<String, String> headers, String name, @Nullable String value) {
		if (value != null) {
			headers.put(name, value);
		}
	}

	/**
	 * Makes the message that a frame brings.
	 * @param frame the frame
	 * @param dialect the kind of broker
	 * @param redeliveries how often the frame was handed out before by this session
	 */
	static StompMessage message(StompFrame frame, StompDialect dialect, int redeliveries) throws JMSException {
		String described = frame.header(TYPES, ";");
		int semicolon = Math.max(0, described.indexOf(';'));
		StompMessage message = body(frame, described.substring(0, semicolon));
		message.setJMSMessageID(frame.header("message-id"));
		message.setJMSCorrelationID(frame.header("correlation-id"));
		message.setJMSType(frame.header("type"));
		message.setJMSReplyTo(destination(frame.header("reply-to")));
		message.setJMSDestination(destination(frame.header("destination")));
		message.publishedTo(() -> dialect.publishedTo(frame));
		message.setJMSTimestamp(number(frame.header(TIMESTAMP, frame.header("timestamp", "")), 0));
		message.setJMSExpiration(number(frame.header(EXPIRES, frame.header("expires", "")), 0));
		message.setJMSPriority((int) number(frame.header("priority", ""), Message.DEFAULT_PRIORITY));
		boolean persistent = frame.header("persistent", "false").matches("true|1") || dialect == StompDialect.RABBITMQ;
		message.setJMSDeliveryMode(persistent ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
		message.setJMSRedelivered(redeliveries > 0 || frame.header("redelivered", "false").equals("true"));
		Map<String, Object> properties = message.properties();
		for (Map.Entry<String, String> header : frame.headers().entrySet()) {
			if (!CONTROL.contains(header.getKey())) {
				properties.put(unmask(header.getKey()), header.getValue());
			}
		}
		String group = frame.header(GROUP);
		if (group != null) {
			properties.put(MessagingHeaders.GROUP, group);
		}
		types(properties, described.substring(semicolon + 1));
		properties.put(StompMessage.DELIVERY_COUNT, redeliveries + 1);
		return message;
	}

	private static StompMessage body(StompFrame frame, String kind) {
		boolean text = kind.equals(TEXT) || (!kind.equals(BYTES)
				&& (frame.header("content-length") == null || frame.header("JMSType", "").equals("TextMessage")));
		if (!text) {
			return new StompBytesMessage(frame.body());
		}
		StompTextMessage message = new StompTextMessage();
		message.setText(new String(frame.body(), StandardCharsets.UTF_8));
		return message;
	}

	private static String unmask(String name) {
		return name.startsWith(MASK) ? name.substring(MASK.length()) : name;
	}

	private static void types(Map<String, Object> properties, String types) {
		// Who sends by other clients writes numbers of ours without a type.
		NUMBERS.forEach((name) -> retype(properties, name, StompValueType.LONG));
		retype(properties, "JMSXGroupSeq", StompValueType.INTEGER);
		for (String type : types.split(",")) {
			int equals = type.lastIndexOf('=');
			StompValueType valueType = (equals > 0 && equals == type.length() - 2)
					? StompValueType.of(type.charAt(equals + 1)) : null;
			if (valueType != null) {
				retype(properties, type.substring(0, equals), valueType);
			}
		}
	}

	private static void retype(Map<String, Object> properties, String name, StompValueType type) {
		properties.computeIfPresent(name, (key, value) -> type.parse(value.toString()));
	}

	private static long number(String text, long absent) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return absent;
		}
	}

	static @Nullable Destination destination(@Nullable String name) {
		if (name == null) {
			return null;
		}
		for (String prefix : new String[] { "/topic/", "topic://" }) {
			if (name.startsWith(prefix)) {
				return new StompDestination(Address.topic(name.substring(prefix.length())));
			}
		}
		for (String prefix : new String[] { "/queue/", "queue://" }) {
			if (name.startsWith(prefix)) {
				return new StompDestination(Address.queue(name.substring(prefix.length())));
			}
		}
		return new StompDestination(Address.queue(name.substring(name.indexOf("::") < 0 ? 0 : name.indexOf("::") + 2)));
	}

}
