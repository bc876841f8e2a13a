package org.activemessaging.broker.rabbitmq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import com.rabbitmq.jms.admin.RMQDestination;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Messages of AMQP as ones of Jakarta Messaging, and back: in the form of RabbitMQ's own
 * JMS client for AMQP resources, but with the types of headers, and with what clients of
 * other languages write.
 */
final class AmqpMessages {

	private static final String KIND = "JMSType";

	private static final String TEXT = "TextMessage";

	private static final String BYTES = "BytesMessage";

	private static final String TIMESTAMP = "JMSTimestamp";

	private static final String EXPIRATION = "JMSExpiration";

	private static final String CORRELATION_ID = "JMSCorrelationID";

	private static final String DELIVERY_COUNT = "JMSXDeliveryCount";

	// Fields of ours, and what the broker writes for each delivery.
	private static final Set<String> FIELDS = Set.of(KIND, TIMESTAMP, EXPIRATION, CORRELATION_ID, DELIVERY_COUNT,
			"JMSDeliveryMode", "JMSMessageID", "JMSPriority", "x-delivery-count", "x-acquired-count");

	private static final Set<Class<?>> TYPES = Set.of(String.class, Boolean.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class);

	// The longest short string of AMQP, in bytes.
	private static final int SHORT = 255;

	// The longest time that the broker can count down.
	private static final long LONGEST_TIME_TO_LIVE = 4_294_967_295L;

	private AmqpMessages() {
	}

	static JMSException refused(String name, JMSException why) {
		MessageFormatException refusal = new MessageFormatException(
				"The header '" + name + "' is refused: " + why.getMessage());
		refusal.initCause(why);
		return refusal;
	}

	static Message incoming(Envelope envelope, BasicProperties properties, byte[] body, Destination source,
			Received.Acknowledgement acknowledgement) throws JMSException {
		Map<String, Object> headers = (properties.getHeaders() != null) ? properties.getHeaders() : Map.of();
		Received received = new Received(envelope.getDeliveryTag(), envelope.getExchange(), envelope.getRoutingKey(),
				properties, new HashMap<>(), acknowledgement);
		String text = text(properties, headers, body);
		if (text == null) {
			RabbitMqBytesMessage message = new RabbitMqBytesMessage(received);
			describe(message, envelope, received, headers, source);
			message.fill(body);
			return message;
		}
		RabbitMqTextMessage message = new RabbitMqTextMessage(received);
		describe(message, envelope, received, headers, source);
		message.setText(text);
		message.makeReadOnly();
		return message;
	}

	// What is no text after all stays as it is.
	private static @Nullable String text(BasicProperties properties, Map<String, Object> headers, byte[] body) {
		Object kind = headers.get(KIND);
		boolean text = (kind != null && (kind.toString().equals(TEXT) || kind.toString().equals(BYTES)))
				? kind.toString().equals(TEXT)
				: properties.getContentEncoding() == null && isText(properties.getContentType());
		if (!text) {
			return null;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static boolean isText(@Nullable String contentType) {
		if (contentType == null) {
			return false;
		}
		String type = contentType.toLowerCase(Locale.ROOT);
		int charset = type.indexOf("charset=");
		if (charset >= 0 && !type.startsWith("utf-8", charset + 8) && !type.startsWith("\"utf-8", charset + 8)) {
			return false;
		}
		String bare = type.split(";", 2)[0].trim();
		return bare.startsWith("text/") || bare.endsWith("json") || bare.endsWith("xml") || bare.endsWith("yaml");
	}

	private static void describe(Message message, Envelope envelope, Received received, Map<String, Object> headers,
			Destination source) throws JMSException {
		BasicProperties properties = received.properties();
		message.setJMSDestination(source);
		message.setJMSMessageID(properties.getMessageId());
		message.setJMSType(properties.getType());
		message.setJMSDeliveryMode((properties.getDeliveryMode() != null && properties.getDeliveryMode() == 2)
				? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
		message
			.setJMSPriority((properties.getPriority() != null) ? properties.getPriority() : Message.DEFAULT_PRIORITY);
		long sentAt = (properties.getTimestamp() != null) ? properties.getTimestamp().getTime() : 0;
		message.setJMSTimestamp((headers.get(TIMESTAMP) instanceof Long millis) ? millis : sentAt);
		message.setJMSExpiration((headers.get(EXPIRATION) instanceof Long millis) ? millis : 0);
		Object correlationId = headers.get(CORRELATION_ID);
		message.setJMSCorrelationID(
				(correlationId instanceof LongString) ? correlationId.toString() : properties.getCorrelationId());
		String replyTo = properties.getReplyTo();
		if (replyTo != null) {
			message.setJMSReplyTo(new RMQDestination(replyTo, "", replyTo, replyTo));
		}
		message.setJMSRedelivered(envelope.isRedeliver());
		for (Map.Entry<String, Object> header : headers.entrySet()) {
			set(message, header.getKey(), header.getValue(), received.carried());
		}
		if (!headers.containsKey(KIND) && properties.getContentType() != null
				&& !headers.containsKey(MessagingHeaders.CONTENT_TYPE)) {
			message.setStringProperty(MessagingHeaders.CONTENT_TYPE, properties.getContentType());
		}
		message.setIntProperty(DELIVERY_COUNT, deliveries(envelope, headers));
	}

	// Quorum queues count; of a classic queue only a flag is known.
	private static int deliveries(Envelope envelope, Map<String, Object> headers) {
		if (!envelope.isRedeliver()) {
			return 1;
		}
		Object count = headers.getOrDefault("x-acquired-count", headers.get("x-delivery-count"));
		return (count instanceof Number number) ? number.intValue() + 1 : 2;
	}

	private static void set(Message message, String name, @Nullable Object value, Map<String, Object> carried) {
		if (FIELDS.contains(name)) {
			return;
		}
		Object plain = (value instanceof LongString) ? value.toString() : value;
		try {
			if (plain != null && TYPES.contains(plain.getClass()) && !name.startsWith("rmq.")) {
				message.setObjectProperty(name, plain);
				return;
			}
		}
		catch (JMSException | IllegalArgumentException ex) {
			// Not a name of Jakarta Messaging: then nobody sees it.
		}
		if (value != null) {
			carried.put(name, value);
		}
	}

	static Outgoing outgoing(RMQDestination destination, Message message, int deliveryMode, int priority,
			long timeToLive) throws JMSException {
		long now = System.currentTimeMillis();
		message.setJMSMessageID("ID:" + UUID.randomUUID());
		message.setJMSTimestamp(now);
		message.setJMSDestination(destination);
		message.setJMSDeliveryMode(deliveryMode);
		message.setJMSPriority(priority);
		message.setJMSExpiration((timeToLive == 0) ? 0 : now + timeToLive);
		Received received = (message instanceof Received.Receivable receivable) ? receivable.received() : null;
		Map<String, Object> headers = headers(message, received);
		BasicProperties.Builder properties = new BasicProperties.Builder();
		if (received != null) {
			properties.contentEncoding(received.properties().getContentEncoding())
				.appId(received.properties().getAppId());
		}
		byte[] body = body(message, headers, properties);
		properties.messageId(message.getJMSMessageID())
			.timestamp(new Date(now))
			.deliveryMode((deliveryMode == DeliveryMode.PERSISTENT) ? 2 : 1)
			.priority(priority)
			.type(shortOrNull(message.getJMSType()))
			.correlationId(shortOrNull(message.getJMSCorrelationID()))
			.replyTo(replyTo(message));
		if (message.getJMSCorrelationID() != null && shortOrNull(message.getJMSCorrelationID()) == null) {
			headers.put(CORRELATION_ID, message.getJMSCorrelationID());
		}
		headers.put(TIMESTAMP, now);
		if (timeToLive > 0) {
			headers.put(EXPIRATION, now + timeToLive);
			properties.expiration(String.valueOf(Math.min(timeToLive, LONGEST_TIME_TO_LIVE)));
		}
		return new Outgoing(destination, properties.headers(headers).build(), body);
	}

	private static Map<String, Object> headers(Message message, @Nullable Received received) throws JMSException {
		Map<String, Object> headers = (received != null) ? new HashMap<>(received.carried()) : new HashMap<>();
		Enumeration<?> names = message.getPropertyNames();
		while (names.hasMoreElements()) {
			String name = (String) names.nextElement();
			if (name.getBytes(StandardCharsets.UTF_8).length > SHORT) {
				throw new MessageFormatException("The header '" + name + "' has a name of more than 255 bytes");
			}
			if (!FIELDS.contains(name)) {
				headers.put(name, message.getObjectProperty(name));
			}
		}
		return headers;
	}

	private static byte[] body(Message message, Map<String, Object> headers, BasicProperties.Builder properties)
			throws JMSException {
		Object given = headers.get(MessagingHeaders.CONTENT_TYPE);
		String contentType = (given instanceof String text) ? shortOrNull(text) : null;
		if (message instanceof TextMessage text) {
			headers.put(KIND, TEXT);
			properties.contentType((contentType != null) ? contentType : "text/plain");
			return (text.getText() != null) ? text.getText().getBytes(StandardCharsets.UTF_8) : new byte[0];
		}
		if (message instanceof BytesMessage bytes) {
			headers.put(KIND, BYTES);
			properties.contentType((contentType != null) ? contentType : "application/octet-stream");
			bytes.reset();
			byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
			bytes.readBytes(body);
			return body;
		}
		throw new MessageFormatException("Only messages of text and of bytes can be sent");
	}

	private static @Nullable String shortOrNull(@Nullable String text) {
		return (text != null && text.getBytes(StandardCharsets.UTF_8).length <= SHORT) ? text : null;
	}

	private static @Nullable String replyTo(Message message) throws JMSException {
		return (message.getJMSReplyTo() instanceof RMQDestination replyTo) ? shortOrNull(replyTo.getAmqpRoutingKey())
				: null;
	}

}
