package org.activemessaging.broker.sqs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

import static com.amazon.sqs.javamessaging.SQSMessagingClientConstants.JMS_SQS_DEDUPLICATION_ID;
import static com.amazon.sqs.javamessaging.SQSMessagingClientConstants.JMS_SQS_SEQUENCE_NUMBER;
import static com.amazon.sqs.javamessaging.message.SQSMessage.JMS_SQS_CORRELATION_ID;
import static com.amazon.sqs.javamessaging.message.SQSMessage.JMS_SQS_MESSAGE_TYPE;
import static com.amazon.sqs.javamessaging.message.SQSMessage.JMS_SQS_REPLY_TO_QUEUE_NAME;
import static com.amazon.sqs.javamessaging.message.SQSMessage.JMS_SQS_REPLY_TO_QUEUE_URL;

/**
 * Writes messages as Amazon's library does, so that its users and those of the plain
 * client can read them; what it cannot write is in attributes of ours.
 */
final class SqsEncoder {

	/**
	 * Marks a body that the service does not take, as it is empty or not there.
	 */
	static final String NO_BODY = MessagingHeaders.PREFIX + "body";

	static final String EMPTY = "empty";

	static final String NULL = "null";

	static final String EXPIRES_AT = MessagingHeaders.PREFIX + "expires_at";

	static final String JMS_TYPE = MessagingHeaders.PREFIX + "jms_type";

	static final String CORRELATION_ID = MessagingHeaders.PREFIX + "correlation_id";

	/**
	 * How the group of a message begins that the application gave none.
	 */
	static final String OWN_GROUP = "am-own-";

	static final int LONGEST_DELAY = 900;

	// What comes with each delivery, or says how to send.
	private static final Set<String> NOT_SENT = Set.of("JMSXDeliveryCount", JMS_SQS_DEDUPLICATION_ID,
			JMS_SQS_SEQUENCE_NUMBER, JMS_SQS_MESSAGE_TYPE, JMS_SQS_CORRELATION_ID, JMS_SQS_REPLY_TO_QUEUE_NAME,
			JMS_SQS_REPLY_TO_QUEUE_URL, SqsHeaders.PACKED, NO_BODY);

	private static final Pattern FIFO_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

	private final SqsQueues queues;

	private final int maxSize;

	SqsEncoder(SqsQueues queues, int maxSize) {
		this.queues = queues;
		this.maxSize = maxSize;
	}

	SqsEncoded encode(Message message, long timeToLive, long deliveryDelay) throws JMSException {
		if (!(message instanceof SqsMessage sqs)) {
			throw new MessageFormatException(
					"A message of type " + message.getClass().getName() + " is none of the session that is to send it");
		}
		Map<String, Object> properties = new LinkedHashMap<>(sqs.state().properties());
		Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
		attributes.put(JMS_SQS_MESSAGE_TYPE, SqsHeaders.attribute("String", sqs.type()));
		String body = body(sqs, attributes);
		fields(sqs, timeToLive, properties, attributes);
		String deduplication = deduplication(sqs);
		NOT_SENT.forEach(properties::remove);
		SqsHeaders.write(properties, attributes);
		checkText("body", body);
		for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
			checkText("header '" + attribute.getKey() + "'", attribute.getValue().stringValue());
		}
		SqsEncoded encoded = new SqsEncoded(id(sqs), body, attributes, group(sqs), deduplication,
				delaySeconds(deliveryDelay));
		if (encoded.size() > this.maxSize) {
			throw new MessageFormatException("The message is " + encoded.size()
					+ " bytes long as it is sent to SQS, headers and Base64 included; " + this.maxSize
					+ " are allowed");
		}
		return encoded;
	}

	private static String body(SqsMessage message, Map<String, MessageAttributeValue> attributes) throws JMSException {
		String body = message.body();
		if (!body.isEmpty()) {
			return body;
		}
		boolean none = message instanceof TextMessage text && text.getText() == null;
		String kind = none ? NULL : EMPTY;
		attributes.put(NO_BODY, SqsHeaders.attribute("String", kind));
		return kind;
	}

	private void fields(SqsMessage message, long timeToLive, Map<String, Object> properties,
			Map<String, MessageAttributeValue> attributes) throws JMSException {
		String correlationId = message.getJMSCorrelationID();
		if (correlationId != null && correlationId.isEmpty()) {
			properties.put(CORRELATION_ID, correlationId);
		}
		else if (correlationId != null) {
			attributes.put(JMS_SQS_CORRELATION_ID, SqsHeaders.attribute("String", correlationId));
		}
		if (message.getJMSType() != null) {
			properties.put(JMS_TYPE, message.getJMSType());
		}
		if (timeToLive > 0) {
			properties.put(EXPIRES_AT, System.currentTimeMillis() + timeToLive);
		}
		if (message.state().replyTo() instanceof SqsDestination replyTo) {
			attributes.put(JMS_SQS_REPLY_TO_QUEUE_NAME,
					SqsHeaders.attribute("String", SqsNames.encode(replyTo.name())));
			attributes.put(JMS_SQS_REPLY_TO_QUEUE_URL, SqsHeaders.attribute("String", this.queues.url(replyTo.name())));
		}
	}

	private static String id(SqsMessage message) {
		Object id = message.state().get(MessagingHeaders.ID);
		return (id != null) ? id.toString() : "without an id";
	}

	private static String group(SqsMessage message) {
		Object group = message.state().get(MessagingHeaders.GROUP);
		if (group instanceof String text && !text.isEmpty()) {
			return fifoId(text);
		}
		Object id = message.state().get(MessagingHeaders.ID);
		return fifoId(OWN_GROUP + ((id != null) ? id : UUID.randomUUID()));
	}

	// A message that is moved keeps its id, but must not be taken for the one that was
	// sent before: what distinguishes it is the message that it is a copy of. That stays
	// the same if the move is tried again.
	private static String deduplication(SqsMessage message) {
		Object id = message.state().get(MessagingHeaders.ID);
		SqsLease lease = message.state().lease();
		if (lease != null) {
			return fifoId(((id != null) ? id + ":" : "") + lease.messageId());
		}
		Object chosen = message.state().get(JMS_SQS_DEDUPLICATION_ID);
		if (chosen instanceof String text && !text.isEmpty()) {
			return fifoId(text);
		}
		return fifoId((id != null) ? id.toString() : UUID.randomUUID().toString());
	}

	private static String fifoId(String id) {
		if (FIFO_ID.matcher(id).matches()) {
			return id;
		}
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			String prefix = id.startsWith(OWN_GROUP) ? OWN_GROUP : "";
			return prefix + HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int delaySeconds(long delay) {
		return (int) Math.min(LONGEST_DELAY, (delay + 999) / 1000);
	}

	// Checked here, so that what is wrong with a message is said by name: in a batch the
	// service would only refuse an entry.
	private static void checkText(String what, @Nullable String text) throws MessageFormatException {
		int i = 0;
		while (text != null && i < text.length()) {
			int character = text.codePointAt(i);
			boolean allowed = (character >= 0x20 && character <= 0xd7ff) || character == '\n' || character == '\t'
					|| character == '\r' || (character >= 0xe000 && character <= 0xfffd) || character >= 0x10000;
			if (!allowed) {
				throw new MessageFormatException("The " + what + " has the character U+"
						+ String.format("%04X", character) + " at position " + i + ", which SQS does not allow");
			}
			i += Character.charCount(character);
		}
	}

}
