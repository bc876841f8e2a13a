package org.activemessaging.operations;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.activemessaging.MessagingHeaders;
import org.activemessaging.deadletter.Cause;
import org.activemessaging.deadletter.MessageType;
import org.activemessaging.operations.DeadLettersView.CauseView;
import org.jspecify.annotations.Nullable;

/**
 * Makes views of messages, as far as they may be seen. A serialised object is not read.
 */
final class MessageViews {

	private final Disclosure disclosure;

	private final boolean payloadWanted;

	MessageViews(Disclosure disclosure, boolean payloadWanted) {
		this.disclosure = disclosure;
		this.payloadWanted = payloadWanted;
	}

	MessageView of(Message message, @Nullable Cause cause) throws JMSException {
		String hidden = payloadHidden(message);
		return new MessageView(message.getStringProperty(MessagingHeaders.ID), message.getJMSMessageID(),
				sentAt(message), instant(message.getJMSExpiration()), message.getJMSPriority(),
				message.getStringProperty(MessagingHeaders.GROUP), message.getJMSRedelivered(),
				MessageType.kindOf(message), size(message), headers(message),
				(hidden == null) ? payload(message) : null, hidden, (cause != null) ? cause.fingerprint() : null,
				(cause != null) ? cause.attempts() : null, (cause != null) ? String.join("\n", cause.stack()) : null);
	}

	private @Nullable String payloadHidden(Message message) {
		if (!this.payloadWanted) {
			return "not asked for";
		}
		if (!this.disclosure.payload()) {
			return "not shown unless 'messaging.operations.payload.enabled' is set";
		}
		boolean readable = message instanceof TextMessage || message instanceof BytesMessage
				|| message instanceof MapMessage;
		return readable ? null : "a body of type '" + MessageType.kindOf(message) + "' is not read";
	}

	private String payload(Message message) throws JMSException {
		if (message instanceof TextMessage text) {
			return this.disclosure.payload(String.valueOf((@Nullable Object) text.getText()));
		}
		if (message instanceof BytesMessage bytes) {
			byte[] content = new byte[(int) Math.min(bytes.getBodyLength(), 4L * this.disclosure.maxLength())];
			bytes.reset();
			bytes.readBytes(content);
			bytes.reset();
			return this.disclosure.payload(decode(content));
		}
		MapMessage map = (MapMessage) message;
		Map<String, Object> entries = new TreeMap<>();
		Enumeration<?> names = map.getMapNames();
		while (names.hasMoreElements()) {
			String name = (String) names.nextElement();
			entries.put(name, this.disclosure.header(name, String.valueOf(map.getObject(name))));
		}
		return this.disclosure.payload(entries.toString());
	}

	private static String decode(byte[] content) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
		}
		catch (CharacterCodingException ex) {
			return content.length + " bytes that are no text";
		}
	}

	private static @Nullable Long size(Message message) throws JMSException {
		if (message instanceof TextMessage text) {
			String content = text.getText();
			return (content != null) ? content.length() : 0L;
		}
		return (message instanceof BytesMessage bytes) ? (Long) bytes.getBodyLength() : null;
	}

	private Map<String, Object> headers(Message message) throws JMSException {
		Map<String, Object> headers = new TreeMap<>();
		if (message.getJMSType() != null) {
			headers.put("JMSType", this.disclosure.header("JMSType", message.getJMSType()));
		}
		if (message.getJMSCorrelationID() != null) {
			headers.put("JMSCorrelationID", this.disclosure.header("JMSCorrelationID", message.getJMSCorrelationID()));
		}
		Enumeration<?> names = message.getPropertyNames();
		while (names.hasMoreElements()) {
			String name = (String) names.nextElement();
			Object value = message.getObjectProperty(name);
			if (value != null && !name.equals(MessagingHeaders.STACK)) {
				headers.put(name, this.disclosure.header(name, plain(value)));
			}
		}
		return headers;
	}

	private static Object plain(Object value) {
		return (value instanceof Number || value instanceof Boolean) ? value : value.toString();
	}

	private static @Nullable Instant sentAt(Message message) throws JMSException {
		Object first = message.getObjectProperty(MessagingHeaders.ORIGINAL_TIMESTAMP);
		return instant((first instanceof Number number) ? number.longValue() : message.getJMSTimestamp());
	}

	private static @Nullable Instant instant(long millis) {
		return (millis > 0) ? Instant.ofEpochMilli(millis) : null;
	}

	/**
	 * Groups causes by their fingerprints.
	 */
	List<CauseView> causes(List<Cause> causes) {
		Map<String, List<Cause>> groups = new LinkedHashMap<>();
		causes.forEach((cause) -> groups.computeIfAbsent(cause.fingerprint(), (key) -> new ArrayList<>()).add(cause));
		return groups.values()
			.stream()
			.map(this::group)
			.sorted((one, other) -> Integer.compare(other.count(), one.count()))
			.toList();
	}

	private CauseView group(List<Cause> causes) {
		Cause first = causes.get(0);
		Cause last = first;
		Set<String> versions = new LinkedHashSet<>();
		for (Cause cause : causes) {
			first = cause.at().isBefore(first.at()) ? cause : first;
			last = cause.at().isBefore(last.at()) ? last : cause;
			if (cause.applicationVersion() != null) {
				versions.add(cause.applicationVersion());
			}
		}
		return new CauseView(last.fingerprint(), last.exception(), masked(last.message()), last.frames(),
				last.messageType(), last.processor(), causes.size(), first.at(), last.at(), List.copyOf(versions));
	}

	// What an exception says may be what the payload says.
	private @Nullable String masked(@Nullable String text) {
		return (text != null) ? this.disclosure.payload(text) : null;
	}

}
